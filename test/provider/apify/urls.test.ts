import assert from "node:assert/strict";
import {
  datasetConsoleUrl,
  datasetItemsUrl,
  defaultBaseUrl,
  defaultConsoleUrl,
  isLoopback,
  normalizeBaseUrl,
  runConsoleUrl,
} from "../../../provider/apify/urls";

describe("normalizeBaseUrl", () => {
  const cases: readonly (readonly [given: string, expected: string | undefined])[] = [
    ["https://api.apify.com", "https://api.apify.com"],
    ["https://api.apify.com/", "https://api.apify.com"],
    ["https://api.apify.com///", "https://api.apify.com"],
    ["https://api.apify.com/v2", "https://api.apify.com"],
    ["https://api.apify.com/v2/", "https://api.apify.com"],
    ["  https://api.apify.com/v2\n", "https://api.apify.com"],
    ["HTTPS://API.apify.com", "https://api.apify.com"],
    ["http://127.0.0.1:8080/v2", "http://127.0.0.1:8080"],
    ["https://api.apify.com:443", "https://api.apify.com"],
    ["https://proxy.example/apify", "https://proxy.example/apify"],
    ["https://proxy.example/apify/v2/", "https://proxy.example/apify"],
    ["https://proxy.example/v2/apify", "https://proxy.example/v2/apify"],
    ["https://proxy.example/xv2", "https://proxy.example/xv2"],
    ["https://api.apify.com/?token=secret#top", "https://api.apify.com"],
    ["https://user:secret@api.apify.com", "https://api.apify.com"],
    ["http://[::1]:8080", "http://[::1]:8080"],
    ["api.apify.com", undefined],
    ["localhost:8080", undefined],
    ["ftp://api.apify.com", undefined],
    ["file:///etc/passwd", undefined],
    ["http://", undefined],
    ["", undefined],
  ];
  for (const [given, expected] of cases) {
    it(`makes ${JSON.stringify(given)} ${expected ?? "nothing"}`, () => {
      assert.equal(normalizeBaseUrl(given), expected);
    });
  }

  it("leaves what it made as it is", () => {
    for (const [, made] of cases)
      if (made !== undefined) assert.equal(normalizeBaseUrl(made), made);
  });

  it("leaves the defaults as they are", () => {
    assert.equal(normalizeBaseUrl(defaultBaseUrl), defaultBaseUrl);
    assert.equal(normalizeBaseUrl(defaultConsoleUrl), defaultConsoleUrl);
  });
});

describe("the addresses handed to people", () => {
  it("show a task's run below its task", () => {
    const url = runConsoleUrl("https://console.apify.com", { id: "r1", actorTaskId: "t1" });
    assert.equal(url, "https://console.apify.com/actors/tasks/t1/runs/r1");
  });

  for (const actorTaskId of [undefined, null, ""]) {
    it(`show a run on its own when its task is ${actorTaskId === undefined ? "absent" : JSON.stringify(actorTaskId)}`, () => {
      const url = runConsoleUrl("https://console.apify.com", { id: "r1", actorTaskId });
      assert.equal(url, "https://console.apify.com/actors/runs/r1");
    });
  }

  it("show a dataset in the console and its items at the API", () => {
    assert.equal(datasetConsoleUrl("https://c", {}, "d1"), "https://c/storage/datasets/d1");
    assert.equal(datasetItemsUrl("https://a", "d1"), "https://a/v2/datasets/d1/items");
  });

  it("are under the organization's id for its runs, and for those alone", () => {
    const run = { id: "r1", actorTaskId: "t1", userId: "o1" };
    const ofMember = { ...run, createdByOrganizationMemberUserId: "m1" };
    assert.equal(
      runConsoleUrl("https://c", ofMember),
      "https://c/organization/o1/actors/tasks/t1/runs/r1",
    );
    assert.equal(
      datasetConsoleUrl("https://c", ofMember, "d1"),
      "https://c/organization/o1/storage/datasets/d1",
    );
    const nobody = { ...ofMember, userId: undefined };
    for (const own of [run, nobody, { ...run, createdByOrganizationMemberUserId: null }]) {
      assert.equal(runConsoleUrl("https://c", own), "https://c/actors/tasks/t1/runs/r1");
    }
  });

  it("have no part that an id could change", () => {
    const run = { id: "a?b", actorTaskId: "t#1" };
    assert.equal(runConsoleUrl("https://c", run), "https://c/actors/tasks/t%231/runs/a%3Fb");
    assert.equal(datasetItemsUrl("https://a", "d?1"), "https://a/v2/datasets/d%3F1/items");
  });
});

describe("an address of this machine", () => {
  for (const [url, expected] of [
    ["http://127.0.0.1:4000", true],
    ["http://127.1.2.3", true],
    ["https://localhost:1/v2", true],
    ["http://apify.localhost", true],
    ["http://[::1]:4000", true],
    ["http://127.0.0.1.example.com", false],
    ["http://localhost.example.com", false],
    ["https://api.apify.com", false],
    ["http://10.0.0.1", false],
    ["nonsense", false],
  ] as const) {
    it(`is ${expected ? "" : "not "}${url}`, () => {
      assert.equal(isLoopback(url), expected);
    });
  }
});
