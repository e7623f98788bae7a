import type { Answer, Emulator, JsonObject, RecordedRequest } from "../../../../emulator";

/** Makes a local Apify break one assumption. */
export type Wrong = (emulator: Emulator) => void;

/** A request, as `METHOD path?query`. */
export function requestLine({ method, path }: RecordedRequest): string {
  return `${method} ${path}`;
}

/** Changes the answers to the requests that match, such as `GET /v2/actor-runs/x`. */
export function alter(
  { use }: Emulator,
  pattern: RegExp,
  change: (answer: Answer, request: RecordedRequest) => Answer,
): void {
  use(async (request, { serve, send }) => {
    if (!pattern.test(requestLine(request))) return "pass";
    send(change(await serve(), request));
    return "handled";
  });
}

/** Changes the `data` in the successful answers to the requests that match. */
export function alterData(
  emulator: Emulator,
  pattern: RegExp,
  change: (data: JsonObject, request: RecordedRequest) => JsonObject,
): void {
  alter(emulator, pattern, (answer, request) => {
    if (answer.status >= 300) return answer;
    const { data } = JSON.parse(answer.body.toString()) as { data: JsonObject };
    return withBody(answer, JSON.stringify({ data: change(data, request) }));
  });
}

/** Changes the items of the lists that match. */
export function alterItems(
  emulator: Emulator,
  pattern: RegExp,
  change: (items: readonly JsonObject[]) => readonly JsonObject[],
): void {
  alterData(emulator, pattern, (data) => ({
    ...data,
    items: change(data.items as readonly JsonObject[]),
  }));
}

/** Gives the answers with one status another one, or their error another type. */
export function alterStatus(
  emulator: Emulator,
  pattern: RegExp,
  { from, to, type }: { readonly from: number; readonly to: number; readonly type?: string },
): void {
  alter(emulator, pattern, (answer) => {
    if (answer.status !== from) return answer;
    const error = { type: type ?? "other-type", message: "Altered" };
    return withBody(
      { ...answer, status: to },
      to < 300 ? '{"data":{}}' : JSON.stringify({ error }),
    );
  });
}

/** Lets something happen right after the requests that match were carried out. */
export function afterwards(
  { use }: Emulator,
  pattern: RegExp,
  act: (request: RecordedRequest, answer: Answer) => void,
): void {
  use(async (request, { serve, send }) => {
    if (!pattern.test(requestLine(request))) return "pass";
    const answer = await serve();
    act(request, answer);
    send(answer);
    return "handled";
  });
}

/** The answer with another body. */
export function withBody(answer: Answer, body: string): Answer {
  return { ...answer, body: Buffer.from(body) };
}
