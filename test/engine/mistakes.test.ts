import assert from "node:assert/strict";
import { fails, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import { diagnosticsOf } from "./support/terminal";

/** Where a mistake is noticed: what only Apify can know is not known to a preview, which asks nothing. */
type Noticed = "by preview and up" | "by up";

interface Mistake {
  readonly what: string;
  /** The arguments, as code. Default: good ones. */
  readonly args?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly noticed: Noticed;
  /** The errors under the resource's name. */
  readonly errors: readonly RegExp[];
}

const good = 'actorTaskId: "janedoe~scrape"';

/** A line of a stack trace, with the colours that Node gives it. */
// eslint-disable-next-line no-control-regex -- an escape starts a colour
const stackTrace = /^\s*(\u001b\[\d+m)?\s*at /m;

const wrongToken = "apify_api_NobodyHasThisToken";

const mistakes: readonly Mistake[] = [
  {
    what: "no token",
    environment: { APIFY_TOKEN: "" },
    noticed: "by preview and up",
    errors: [/No Apify API token is set\. Set it with `pulumi config set --secret apify:token/],
  },
  {
    what: "a token with a line break in it",
    environment: { APIFY_TOKEN: "apify_api_Nobody\nHasThisToken" },
    noticed: "by preview and up",
    errors: [/APIFY_TOKEN is not a valid token/],
  },
  {
    what: "the token of nobody",
    environment: { APIFY_TOKEN: wrongToken },
    noticed: "by up",
    errors: [/Nothing was started\. Apify answered 401 .*\nCheck the token in APIFY_TOKEN\. /],
  },
  {
    what: "a task that does not exist",
    args: 'actorTaskId: "janedoe~scraper"',
    noticed: "by up",
    errors: [
      /Nothing was started\. .* 404 .*\nCheck `actorTaskId` "janedoe~scraper", and that the account that the token in APIFY_TOKEN belongs to can/,
    ],
  },
  {
    what: "a task of somebody else",
    args: 'actorTaskId: "johndoe~private"',
    noticed: "by up",
    errors: [
      /Nothing was started\. .* 404 .*\nCheck `actorTaskId` "johndoe~private", and that the account that the token in APIFY_TOKEN belongs to can/,
    ],
  },
  {
    what: "no task",
    args: "",
    noticed: "by preview and up",
    errors: [/`actorTaskId` is required: the id of a task, or "username~task-name"/],
  },
  {
    what: "memory that is no power of 2",
    args: `${good}, memoryMbytes: 1000`,
    noticed: "by preview and up",
    errors: [
      /`memoryMbytes` must be a power of 2 from 128 to 32768 megabytes: 128, 256, 512, 1024/,
    ],
  },
  {
    what: "a negative time-out",
    args: `${good}, timeoutSecs: -1`,
    noticed: "by preview and up",
    errors: [/`timeoutSecs` must be 0 or more seconds/],
  },
  {
    what: "an input that is JSON text",
    args: `${good}, input: JSON.stringify({ password: "in the input" })`,
    noticed: "by preview and up",
    errors: [/`input` must be a JSON object such as \{ "startUrls": \[…\] \}/],
  },
  {
    what: "an input that is a list",
    args: `${good}, input: [{ url: "https://example.com" }]`,
    noticed: "by preview and up",
    errors: [/`input` must be a JSON object such as \{ "startUrls": \[…\] \}/],
  },
  {
    what: "an input of 10 MB",
    args: `${good}, input: { text: "x".repeat(10_000_000) }`,
    noticed: "by preview and up",
    errors: [
      /`input` is 10000011 bytes of JSON, but Apify accepts at most 9437184; put large data into/,
    ],
  },
  {
    what: "an argument that does not exist",
    args: `${good}, memoryMb: 1024`,
    noticed: "by preview and up",
    errors: [/`memoryMb` is not a known property; did you mean `memoryMbytes`\?/],
  },
  {
    what: "several mistakes at once",
    args: `actorTaskId: "my task", input: "text", memoryMbytes: 100, timeoutSecs: -1, retries: 3,
      webhooks: [{ eventTypes: [], requestUrl: "example.com", url: "https://example.com" }]`,
    noticed: "by preview and up",
    errors: [
      /`actorTaskId` must be the id of a task, or "username~task-name"/,
      /`input` must be a JSON object/,
      /`timeoutSecs` must be 0 or more seconds/,
      /`memoryMbytes` must be a power of 2/,
      /`webhooks\[0\]\.eventTypes` must name at least one event/,
      /`webhooks\[0\]\.requestUrl` must be the http\(s\) URL to call/,
      /`webhooks\[0\]\.url` is not a known property; check its spelling/,
      /`retries` is not a known property; check its spelling/,
    ],
  },
  {
    what: "a mistake in an argument beside one in the configuration",
    args: `${good}, memoryMbytes: 1000`,
    environment: { APIFY_TOKEN: "" },
    noticed: "by preview and up",
    errors: [/`memoryMbytes` must be a power of 2/, /No Apify API token is set/],
  },
  {
    what: "a build tag that does not exist",
    args: `${good}, build: "nightly"`,
    noticed: "by up",
    errors: [
      /Nothing was started\. .* unknown-build-tag .*\nThe Actor has no build "nightly"\. Set `build`/,
    ],
  },
  {
    what: "a build number that does not exist",
    args: `${good}, build: "9.9.9"`,
    noticed: "by up",
    errors: [
      /Nothing was started\. .* build-not-found .*\nThe Actor has no build "9\.9\.9"\. Set `build`/,
    ],
  },
  {
    what: "a base URL at which nothing listens",
    environment: { APIFY_API_BASE_URL: "http://127.0.0.1:1" },
    noticed: "by up",
    errors: [
      /Nothing was started, because .* could not check .*ECONNREFUSED 127\.0\.0\.1:1 \(\d+ attempts\)\nIf the local Apify is not running, start it as before \(`npx pulumi-apify emulator`.*check APIFY_API_BASE_URL \(http:\/\/127\.0\.0\.1:1\)/,
    ],
  },
  {
    what: "a base URL with a scheme that is not http",
    environment: { APIFY_API_BASE_URL: "ftp://example.com" },
    noticed: "by preview and up",
    errors: [/APIFY_API_BASE_URL is "ftp:\/\/example\.com"/],
  },
  {
    what: "a base URL that is no URL",
    environment: { APIFY_API_BASE_URL: "localhost" },
    noticed: "by preview and up",
    errors: [
      /APIFY_API_BASE_URL is "localhost", which is not an http\(s\) URL\. Correct it, or remove it to use the default/,
    ],
  },
];

/** What only Apify can know of the arguments shows when a run is started: these are tried together. */
const ofTheStart = mistakes.filter(
  ({ noticed, environment }) => noticed === "by up" && environment === undefined,
);
const others = mistakes.filter((mistake) => !ofTheStart.includes(mistake));

const preview = ["preview"];
const up = ["up", "--yes", "--skip-preview"];

describeEngine("a new user who gives", { sandboxPer: "suite" }, (sandbox) => {
  beforeEach(() => {
    sandbox.emulator.clearRequests();
  });

  describe("what only Apify can know to be wrong", () => {
    let output: string;

    before(async () => {
      const { emulator, project } = sandbox;
      project.program(
        ofTheStart
          .map(({ args }, index) => `new apify.TaskRun("prices-${index}", { ${args} });`)
          .join("\n"),
      );
      await succeeds(project.run(preview));
      assert.deepEqual(emulator.writes(), [], "a preview changes nothing at Apify");
      output = await fails(project.run([...up, "--continue-on-error"]));
      assert.deepEqual(emulator.runs(), []);
      assert.deepEqual(await project.taskRuns(), []);
    });

    for (const [index, { what, errors, noticed }] of ofTheStart.entries()) {
      it(`${what} is told what to do ${noticed}`, () => {
        expectClear(output, errors, `prices-${index}`);
      });
    }
  });

  for (const [
    index,
    { what, args = good, environment = {}, noticed, errors },
  ] of others.entries()) {
    it(`${what} is told what to do ${noticed}`, async () => {
      const { emulator, project } = sandbox;
      project.program(`new apify.TaskRun("prices", { ${args} });`);
      if (noticed === "by up") {
        await succeeds(project.run(preview, environment));
        assert.deepEqual(emulator.writes(), [], "a preview changes nothing at Apify");
        expectClear(await fails(project.run(up, environment)), errors);
      } else {
        // Both ask the provider the same, so that each mistake but the first is tried with one of them.
        const commands = index === 0 ? [preview, up] : [index % 2 === 0 ? preview : up];
        for (const command of commands) {
          expectClear(await fails(project.run(command, environment)), errors);
        }
      }
      assert.deepEqual(emulator.runs(), []);
      assert.deepEqual(await project.taskRuns(), []);
    });
  }

  /** Each error is there once, nothing else is, and the text is one for reading. */
  function expectClear(output: string, errors: readonly RegExp[], name = "prices"): void {
    const { token } = sandbox;
    assert.ok(output.length < 10_000, `the output has ${output.length} characters`);
    assert.doesNotMatch(output, stackTrace);
    for (const secret of [token, wrongToken, "HasThisToken", "in the input"]) {
      assert.ok(!output.includes(secret), output);
    }
    const [, ...shown] = `\n${diagnosticsOf(output, name).join("\n")}`.split(/\nerror: /);
    assert.equal(shown.length, errors.length, output);
    errors.forEach((error, index) => {
      assert.match(shown[index] ?? "", error);
    });
    // Pulumi shows the first line of an error while it goes on, as it comes and when the row ends.
    for (const text of shown) {
      const [line = ""] = text.split("\n");
      assert.ok(output.split(line).length - 1 <= 3, `too often: ${line}\n${output}`);
    }
  }

  it("a wrong token that Apify repeats in its answer is not shown it", async () => {
    const { emulator, project } = sandbox;
    const stop = emulator.use((_request, { response }) => {
      response.writeHead(401, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ error: { type: "nope", message: `${wrongToken} is wrong` } }));
      return "handled";
    });
    project.program(`new apify.TaskRun("prices", { ${good} });`);
    const command = project.run(up, { APIFY_TOKEN: wrongToken });
    expectClear(await fails(command), [/\[token\] is wrong\nCheck the token in APIFY_TOKEN\./]);
    stop();
  });
});
