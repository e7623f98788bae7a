import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { isTerminal } from "../../emulator";
import { hostEnvironment } from "../../emulator/runs/environment";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { Declaration, Run } from "../../emulator";

type Environment = Record<string, string>;

/** What a run's program finds in its environment. */
async function environmentOf(
  actor: Partial<NonNullable<Declaration["actors"]>[number]> = {},
  query = "",
): Promise<{ env: Environment; run: Run; url: string }> {
  const source = "console.log(JSON.stringify({ ...process.env, cwd: process.cwd() }))";
  const command: [string, ...string[]] = ["node", "-e", source];
  const emulator = await startTestEmulator({
    declaration: withActor({ command, cwd: tmpdir(), ...actor }),
  });
  const { id } = await runningRun(emulator, query);
  const run = await emulator.whenRun(({ status }) => isTerminal(status));
  const { text } = await emulator.call(`GET /v2/logs/${id}`);
  const env = JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "{}") as Environment;
  return { env, run, url: emulator.url };
}

const namesFromHost = /^(PATH|HOME|LANG|LC_[A-Z]+|TMPDIR)$/;

describe("the environment of an Actor", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("is what Apify documents, with the older names, and what a program needs to start", async () => {
    const query = "?timeout=60&memory=256&maxItems=5&maxTotalChargeUsd=0.25&restartOnError=true";
    const { env, run, url } = await environmentOf({}, query);
    const { APIFY_TOKEN: token, ACTOR_STARTED_AT: startedAt, ACTOR_TIMEOUT_AT: timeoutAt } = env;
    const { PULUMI_APIFY_PROGRAM: mark, ...rest } = env;
    // Node.js passes it on to each child process while it measures coverage.
    delete rest.NODE_V8_COVERAGE;
    assert.match(mark ?? "", /^[\w-]{36}$/);
    assert.match(token ?? "", /^apify_api_run_/);
    assert.equal(Date.parse(timeoutAt ?? "") - Date.parse(startedAt ?? ""), 60_000);
    const both = (name: string, value: unknown, older = `APIFY_${name}`): object => ({
      [`ACTOR_${name}`]: value,
      [older]: value,
    });
    const host = Object.entries(process.env).filter(([name]) => namesFromHost.test(name));
    const events = `${url.replace("http", "ws")}/actor-runs/${run.id}/events?token=${token}`;
    assert.deepEqual(rest, {
      ...Object.fromEntries(host),
      cwd: realpathSync(tmpdir()),
      TZ: "UTC",
      APIFY_TOKEN: token,
      APIFY_API_BASE_URL: url,
      APIFY_API_PUBLIC_BASE_URL: url,
      APIFY_IS_AT_HOME: "1",
      APIFY_HEADLESS: "1",
      APIFY_META_ORIGIN: "API",
      APIFY_USER_ID: run.userId,
      APIFY_DEDICATED_CPUS: "0.0625",
      ACTOR_FULL_NAME: "janedoe/actor",
      ACTOR_BUILD_TAGS: "latest",
      ACTOR_PERMISSION_LEVEL: "FULL_PERMISSIONS",
      ACTOR_RESTART_ON_ERROR: "1",
      ACTOR_STORAGES_JSON: JSON.stringify(run.storageIds),
      ACTOR_MAX_PAID_DATASET_ITEMS: "5",
      ACTOR_MAX_TOTAL_CHARGE_USD: "0.25",
      ...both("ID", run.actId, "APIFY_ACTOR_ID"),
      ...both("RUN_ID", run.id, "APIFY_ACTOR_RUN_ID"),
      ...both("TASK_ID", run.actorTaskId, "APIFY_ACTOR_TASK_ID"),
      ...both("BUILD_ID", run.buildId, "APIFY_ACTOR_BUILD_ID"),
      ...both("BUILD_NUMBER", "0.1.1", "APIFY_ACTOR_BUILD_NUMBER"),
      ...both("INPUT_KEY", "INPUT"),
      ...both("EVENTS_WEBSOCKET_URL", events, "APIFY_ACTOR_EVENTS_WS_URL"),
      ...both("WEB_SERVER_PORT", "4321", "APIFY_CONTAINER_PORT"),
      ...both("WEB_SERVER_URL", run.containerUrl, "APIFY_CONTAINER_URL"),
      ...both("MEMORY_MBYTES", "256"),
      ...both("DEFAULT_DATASET_ID", run.defaultDatasetId),
      ...both("DEFAULT_KEY_VALUE_STORE_ID", run.defaultKeyValueStoreId),
      ...both("DEFAULT_REQUEST_QUEUE_ID", run.defaultRequestQueueId),
      ...both("STARTED_AT", startedAt),
      ...both("TIMEOUT_AT", timeoutAt),
    });
  });

  it("has no secret of the developer, in whatever variable it is", async () => {
    const secrets = {
      SECRET_OF_THE_HOST: "s3cret",
      AWS_SECRET_ACCESS_KEY: "s3cret",
      APIFY_TOKEN: "s3cret",
      PULUMI_CONFIG_PASSPHRASE: "s3cret",
      NODE_OPTIONS: "--title=s3cret",
      npm_config_token: "s3cret",
      LC_no_locale: "s3cret",
    };
    const before = { ...process.env };
    Object.assign(process.env, secrets);
    const { env } = await environmentOf().finally(() => {
      for (const name of Object.keys(secrets)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    });
    assert.equal(env.APIFY_IS_AT_HOME, "1");
    assert.doesNotMatch(JSON.stringify(env), /s3cret/);
  });

  it("says how the run is paid, if it is paid per event, and whether its user pays", async () => {
    const pricingInfo = {
      pricingModel: "PAY_PER_EVENT",
      pricingPerEvent: { actorChargeEvents: { page: { eventPriceUsd: 0.1 } } },
    };
    const { env } = await environmentOf({ pricingInfo });
    const shown = JSON.parse(env.APIFY_ACTOR_PRICING_INFO ?? "") as typeof pricingInfo;
    assert.equal(shown.pricingModel, "PAY_PER_EVENT");
    assert.equal(shown.pricingPerEvent.actorChargeEvents.page.eventPriceUsd, 0.1);
    assert.deepEqual(JSON.parse(env.APIFY_CHARGED_ACTOR_EVENT_COUNTS ?? ""), {});
    assert.equal(env.APIFY_USER_IS_PAYING, undefined);
  });

  it("has on Windows what programs need there", () => {
    const host = { Path: "C:\\bin", SystemRoot: "C:\\Windows", TEMP: "C:\\t", SECRET: "s3cret" };
    assert.deepEqual(hostEnvironment({ ...host, PATH: "C:\\bin" }, "win32"), {
      PATH: "C:\\bin",
      SystemRoot: "C:\\Windows",
      TEMP: "C:\\t",
    });
    assert.deepEqual(hostEnvironment(host, "linux"), {});
  });
});
