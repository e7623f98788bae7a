import type { ArgumentName } from "../../../provider/resources/taskRun/argumentTable";

export const webhook = {
  eventTypes: ["ACTOR.RUN.SUCCEEDED"],
  requestUrl: "https://hook.example/x",
};

/** Good values of an argument, and bad ones with a piece of the reason that is given. */
interface Examples {
  readonly good: readonly unknown[];
  readonly bad: readonly (readonly [unknown, string])[];
}

const seconds: Examples["bad"] = [
  [-1, "0 or more seconds"],
  ["60", "a number of seconds"],
  [null, "a number of seconds"],
];

const notFlags: Examples["bad"] = ["true", 1, null].map((value) => [value, "true or false"]);

export const examples: Record<ArgumentName, Examples> = {
  actorTaskId: {
    good: ["KJHSKHausidyaJKHs", "janedoe~scrape", "~scrape", "janedoe/scrape", "a.b_c-d~e.f_g-h"],
    bad: [
      [undefined, "is required"],
      [5, "is required"],
      ["", "janedoe~my-task"],
      ["janedoe~", "janedoe~my-task"],
      ["a~b~c", "janedoe~my-task"],
      ["with space", "janedoe~my-task"],
      ["https://console.apify.com/actors/tasks/x", "janedoe~my-task"],
      ["scrape\n", "janedoe~my-task"],
    ],
  },
  input: {
    good: [{}, { a: null, b: [1, { c: "d" }] }],
    bad: [
      ["{}", "must be a JSON object"],
      [[], "must be a JSON object"],
      [null, "must be a JSON object"],
      [5, "must be a JSON object"],
    ],
  },
  build: {
    good: ["latest", "0.1.3"],
    bad: [
      ["", "must be a build tag or number"],
      [0.1, "in quotes"],
      [null, "in quotes"],
    ],
  },
  timeoutSecs: { good: [0, 600], bad: [...seconds, [1.5, "a whole number of seconds"]] },
  memoryMbytes: {
    good: [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768],
    bad: [64, 65536, 1000, 0, -128, "1024", null].map((value) => [value, "a power of 2"] as const),
  },
  maxItems: {
    good: [1, 1_000_000],
    bad: [
      [0, "1 or more items; omit it to use the task's own limit"],
      [-1, "1 or more items"],
      [1.5, "a whole number of items"],
      ["1", "a whole number of items"],
      [null, "a whole number of items"],
    ],
  },
  maxTotalChargeUsd: {
    good: [0.01, 0.25, 100],
    bad: [
      [0, "more than 0 US dollars; omit it to use the task's own limit"],
      [-0.01, "more than 0 US dollars"],
      ["1", "a number of US dollars"],
      [null, "a number of US dollars"],
    ],
  },
  restartOnError: { good: [true, false], bad: notFlags },
  webhooks: {
    good: [
      [],
      [webhook],
      [
        {
          ...webhook,
          payloadTemplate: "{}",
          headersTemplate: null,
          shouldInterpolateStrings: true,
          idempotencyKey: "key",
          ignoreSslErrors: false,
          doNotRetry: true,
        },
      ],
    ],
    bad: [
      [webhook, "must be a list of webhooks"],
      ["[]", "must be a list of webhooks"],
    ],
  },
  triggers: {
    good: [[], [1, "a", null, { b: [] }]],
    bad: [
      ["monday", "must be a list"],
      [{ week: 1 }, "must be a list"],
    ],
  },
  idempotencyKey: {
    good: ["3f786850e3", "build 17, attempt 1", " "],
    bad: [
      ["", "must not be empty"],
      [5, "must be a string"],
      [null, "must be a string"],
      [["a"], "must be a string"],
    ],
  },
  adoptRunId: {
    good: ["HG7ML7M8z78YcAPEB", "run1"],
    bad: [
      ["", "letters and digits"],
      ["a~b", "letters and digits"],
      ["https://console.apify.com/actors/runs/HG7ML7M8z78YcAPEB", "letters and digits"],
      ["run1\n", "letters and digits"],
      ["../x", "letters and digits"],
      [5, "the id of a run"],
      [null, "the id of a run"],
    ],
  },
  showLog: { good: [true, false], bad: notFlags },
  waitSecs: { good: [0, 0.5, 3600], bad: seconds },
  startWaitSecs: { good: [0, 0.5, 3600], bad: seconds },
  onDelete: {
    good: ["abort", "keep", "purge"],
    bad: [
      ["delete", '"abort"'],
      [true, '"purge"'],
    ],
  },
  trackBuild: { good: [true, false], bad: notFlags },
  trackTask: { good: [true, false], bad: notFlags },
  maxAgeSecs: { good: [0, 0.5, 86_400], bad: seconds },
  cron: {
    good: [
      "0 3 * * *",
      "*/5 * * * *",
      "0 0 * * MON-FRI",
      "0 3 1,15 1-6 7",
      "0 0 29 2 *",
      "0 0 L * *",
      "@daily",
    ],
    bad: [
      ["0 0 31 2 *", "never matches a date"],
      ["0 0 30 2 *", "never matches a date"],
      ["0 0 3 * * *", "five fields"],
      ["0 3 * *", 'five fields, such as "0 3 * * *", but it has 4'],
      ["60 3 * * *", "Invalid value for minute: 60"],
      ["0 24 * * *", "five fields"],
      ["0 3 * * MOO", "five fields"],
      ["2030-01-01T00:00:00", "five fields"],
      ["every day", "five fields"],
      ["", "five fields"],
      [5, "five fields"],
      [null, "five fields"],
    ],
  },
  timeZone: {
    good: ["UTC", "Europe/Prague", "America/New_York", "Asia/Kathmandu"],
    bad: ["Prague", "Mars/Olympus", "GMT+1", "", 5, null].map(
      (value) => [value, 'an IANA time zone, such as "Europe/Prague"'] as const,
    ),
  },
  acceptStatuses: {
    good: [["SUCCEEDED"], ["SUCCEEDED", "ABORTED"], ["FAILED", "TIMED-OUT"]],
    bad: [
      [[], "at least one status"],
      ["SUCCEEDED", "must be a list such as"],
      [null, "must be a list such as"],
    ],
  },
  onFailure: {
    good: ["fail", "continue"],
    bad: [
      ["ignore", '"fail"'],
      [true, '"continue"'],
      [null, '"continue"'],
    ],
  },
  onExpired: {
    good: ["keep", "rerun"],
    bad: [
      ["replace", '"keep"'],
      [false, '"rerun"'],
    ],
  },
  account: {
    good: ["team", "the other one"],
    bad: [
      ["", "apify:accounts"],
      [5, "apify:accounts"],
      [null, "apify:accounts"],
    ],
  },
};
