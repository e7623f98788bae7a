import { invalidValue } from "../http/errors";
import { isObject, parseJson } from "../json";
import { withoutTokens } from "../state/withoutTokens";
import { inputField } from "./fields";
import { html } from "./html";
import { numberField, textField } from "./pageRequest";
import { taskPath } from "./paths";
import { visibleJson } from "./visibleText";
import type { JsonObject } from "../json";
import type { NewRun } from "../runs/runsByHand";
import type { DeclaredRunOptions } from "../state/declarationTypes";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";
import type { Html } from "./html";
import type { FormRequest } from "./pageRequest";

/** The form that runs a task, with what was entered if that could not be run. */
export function startForm(state: EmulatorState, task: Task, entered?: URLSearchParams): Html {
  const { build = "", timeoutSecs = "", memoryMbytes = "" } = task.options;
  const value = (name: string): string => entered?.get(name) ?? "";
  return html`<form class="stack" method="post" action="${taskPath(task.id)}/runs">
    <label for="run-input">Input, as JSON</label>
    <textarea
      id="run-input"
      name="input"
      rows="8"
      spellcheck="false"
      autocomplete="off"
      aria-describedby="input-hint"
    >
${entered?.get("input") ?? savedInput(state, task)}</textarea>
    <p class="hint" id="input-hint">
      A field that you leave out keeps the value that is saved in the task.
    </p>
    <div class="row">
      <div>
        ${inputField({ id: "run-build", name: "build", label: "Build", value: value("build"), placeholder: build === "" ? "latest" : build })}
      </div>
      <div>
        ${inputField({ id: "run-timeout", name: "timeout", label: "Timeout, seconds", value: value("timeout"), placeholder: String(timeoutSecs), kind: "number" })}
      </div>
      <div>
        ${inputField({ id: "run-memory", name: "memory", label: "Memory, MB", value: value("memory"), placeholder: String(memoryMbytes), kind: "number" })}
      </div>
      <button id="run-task">Run</button>
    </div>
  </form>`;
}

/** What a form asks for. */
export function startOf(
  state: EmulatorState,
  request: FormRequest,
  task: Task,
): Pick<NewRun, "options" | "input"> {
  const options: DeclaredRunOptions = {
    build: textField(request, "build"),
    timeoutSecs: numberField(request, "timeout", { called: "Timeout" }),
    memoryMbytes: numberField(request, "memory", { called: "Memory" }),
  };
  const input = inputOf(state, request, task);
  return { options, ...(input === undefined ? {} : { input }) };
}

/** Input as it was shown is not sent: what a page hides in it, such as a token, would get lost. */
function inputOf(state: EmulatorState, { form }: FormRequest, task: Task): JsonObject | undefined {
  const text = (form.get("input") ?? "").replaceAll("\r\n", "\n").trim();
  if (text === "" || text === savedInput(state, task).trim()) return undefined;
  const value = parsed(text);
  if (isObject(value)) return value;
  throw invalidValue("The input must be a JSON object.");
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidValue(`The input is not JSON: ${reason}`);
  }
}

function savedInput(state: EmulatorState, { input }: Task): string {
  return withoutTokens(state, visibleJson(input ?? {}));
}
