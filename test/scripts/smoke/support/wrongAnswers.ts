import { afterwards, alter, alterData, alterItems, alterStatus, withBody } from "./alterations";
import { ofData, ofRuns } from "./wrongRuns";
import { ofTasks } from "./wrongTasks";
import type { Wrong } from "./alterations";

const notFound = { from: 404, to: 403 };
const getActor = /^GET \/v2\/actors\//;
const postRuns = /^POST \/v2\/actor-tasks\/[^/]+\/runs/;
const listRuns = /^GET \/v2\/actor-tasks\/[^/]+\/runs/;

const ofAccounts: Readonly<Record<string, readonly Wrong[]>> = {
  "account-id": [
    (apify) => {
      alterData(apify, /^GET \/v2\/users\/me$/, (data) => ({ ...data, id: "another" }));
    },
  ],
  "wrong-token": [
    (apify) => {
      alterStatus(apify, /^GET \/v2\/users\/me$/, { from: 401, to: 403 });
    },
  ],
  "missing-things": [
    (apify) => {
      alterStatus(apify, /^DELETE \/v2\/actor-tasks/, notFound);
    },
    (apify) => {
      alterStatus(apify, /^GET \/v2\/datasets/, notFound);
    },
  ],
  "error-form": [
    (apify) => {
      alter(apify, /NoSuchThing/, (answer) => withBody(answer, "Not found"));
    },
  ],
  "other-account": [
    (apify) => {
      alterStatus(apify, /^POST .*\/abort$/, notFound);
    },
    (apify) => {
      alterStatus(apify, /^GET \/v2\/actor-tasks\/\w+$/, notFound);
    },
  ],
};

const ofActors: Readonly<Record<string, readonly Wrong[]>> = {
  "actor-read": [
    (apify) => {
      alterData(apify, getActor, (data) => ({ ...data, name: "another" }));
    },
    (apify) => {
      alterStatus(apify, getActor, { from: 200, to: 404 });
    },
  ],
  "tagged-builds": [
    (apify) => {
      alterData(apify, getActor, (data) => ({ ...data, taggedBuilds: undefined }));
    },
  ],
  "build-of-tag": [
    (apify) => {
      const taggedBuilds = { latest: { buildId: "x", buildNumber: "9.9.9" } };
      alterData(apify, getActor, (data) => ({ ...data, taggedBuilds }));
    },
  ],
};

const ofRefusals: Readonly<Record<string, readonly Wrong[]>> = {
  "unknown-build": [
    (apify) => {
      alterStatus(apify, postRuns, { from: 403, to: 403 });
    },
    (apify) => {
      alterStatus(apify, postRuns, { from: 403, to: 201 });
    },
  ],
  "refused-options": [
    (apify) => {
      alterStatus(apify, /runs\?memory=300/, { from: 400, to: 201 });
    },
    (apify) => {
      alterStatus(apify, /runs\?maxTotalChargeUsd=0/, { from: 400, to: 201 });
    },
  ],
  "no-memory": [
    (apify) => {
      alterStatus(apify, postRuns, { from: 402, to: 402 });
    },
  ],
  "refused-starts-nothing": [
    (apify) => {
      afterwards(apify, /runs\?build=no-such-tag/, ({ pathname }) => {
        apify.addRun({ task: pathname.split("/")[3] ?? "" });
      });
    },
  ],
};

const ofLists: Readonly<Record<string, readonly Wrong[]>> = {
  "list-order": [
    (apify) => {
      alterItems(apify, listRuns, (items) => [...items].reverse());
    },
    (apify) => {
      alterItems(apify, listRuns, (items) => items.map((item) => ({ ...item, startedAt: null })));
    },
  ],
  "list-pages": [
    (apify) => {
      alterItems(apify, /runs\?.*offset=1/, () => []);
    },
  ],
  "list-status": [
    (apify) => {
      alterItems(apify, /runs\?.*status=/, () => [{ id: "x", status: "SUCCEEDED" }]);
    },
    (apify) => {
      alterItems(apify, /runs\?.*status=/, () => []);
    },
  ],
};

const ofProvider: Readonly<Record<string, readonly Wrong[]>> = {
  "provider-finds-run": [
    (apify) => {
      alterData(apify, /^GET \/v2\/actor-runs\/\w+/, (run) => ({
        ...run,
        meta: { origin: "API" },
      }));
    },
  ],
  "provider-taken-name": [
    (apify) => {
      alterStatus(apify, /^POST \/v2\/actor-tasks$/, { from: 409, to: 400 });
    },
  ],
};

/** For each check, the ways in which a local Apify breaks its assumption. */
export const wrongAnswers: Readonly<Record<string, readonly Wrong[]>> = {
  ...ofAccounts,
  ...ofActors,
  ...ofRuns,
  ...ofData,
  ...ofRefusals,
  ...ofLists,
  ...ofProvider,
  ...ofTasks,
};
