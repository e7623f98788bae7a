import assert from "node:assert/strict";
import { CallFailure } from "../../support/calls";
import { shellOf, type Shell } from "../../support/shell";
import { stopAt } from "./stop";
import type { Host, Recorded, Registration } from "../../support/host";
import type { World } from "./world";

/**
 * A stack of one resource as the engine treats it, each command with processes of its own: which
 * operations it asks them for, in which order, and what it records of the answers.
 */
export interface HostStack {
  /** What the state has of the resource. */
  readonly state: { current: Recorded | undefined; replaced: Recorded[] };
  /** The ids of the runs that the state has, or had. */
  readonly recorded: Set<string>;
  /** Every line and error that the user was shown. */
  readonly shown: string[];
  /** An `up` that is to succeed, and to leave nothing to do for a second one. */
  up(wanted: Registration): Promise<void>;
  /** An `up` that needs a run, ended when it looks for one, or when it has started one. */
  brokenUp(wanted: Registration, at: "look" | "start", by: "SIGKILL" | "Cancel"): Promise<void>;
  refresh(): Promise<void>;
  destroy(): Promise<void>;
}

/** The process that serves the resource with this URN. */
type HostFor = (urn: string) => Promise<Host>;

/** A stack without a resource. */
export function openHostStack(world: World): HostStack {
  const state: HostStack["state"] = { current: undefined, replaced: [] };
  const recorded = new Set<string>();
  const shown: string[] = [];

  const record = (current: Recorded): void => {
    state.current = current;
    recorded.add(current.id);
  };

  const withHosts = async (work: (hostFor: HostFor) => Promise<void>): Promise<void> => {
    const engine = await world.engine();
    const hosts = new Map<Shell, Promise<Host>>();
    await work((urn) => {
      const shell = shellOf(urn);
      const host = hosts.get(shell) ?? world.servedBy(shell).configuredHost(engine);
      hosts.set(shell, host);
      return host;
    });
    for (const host of await Promise.all(hosts.values())) {
      await host.end("SIGINT");
      shown.push(host.stderr());
    }
    shown.push(...engine.lines.map(({ text }) => text));
  };

  const create = async (host: Host, wanted: Registration): Promise<void> => {
    const before = state.current;
    const keep = (created: Recorded): void => {
      if (before !== undefined) state.replaced.push(before);
      record(created);
    };
    try {
      keep(await host.create(wanted));
    } catch (error) {
      if (error instanceof CallFailure && error.recorded !== undefined) {
        keep({ ...wanted, ...error.recorded });
      }
      throw error;
    }
  };

  const upResource = async (host: Host, news: Registration): Promise<void> => {
    const { current } = state;
    const { inputs, failures } = await host.check(current?.inputs ?? {}, news);
    assert.deepEqual(failures, []);
    const wanted = { ...news, inputs };
    if (current === undefined) {
      await create(host, wanted);
      return;
    }
    const { changes, replaces } = await host.diff(current, wanted);
    if (replaces.length > 0) await create(host, wanted);
    else record(changes === "none" ? { ...current, inputs } : await host.update(current, wanted));
  };

  const deleteReplaced = async (hostFor: HostFor): Promise<void> => {
    for (let old = state.replaced[0]; old !== undefined; old = state.replaced[0]) {
      await (await hostFor(old.urn)).delete(old);
      state.replaced.shift();
    }
  };

  const expectNoChange = async (host: Host, wanted: Registration): Promise<void> => {
    const { current } = state;
    assert.ok(current !== undefined);
    const { inputs } = await host.check(current.inputs, wanted);
    const { changes } = await host.diff(current, { ...wanted, inputs });
    assert.equal(changes, "none", "what a second up would see");
  };

  return {
    state,
    recorded,
    shown,
    up: (wanted) =>
      withHosts(async (hostFor) => {
        const host = await hostFor(wanted.urn);
        await upResource(host, wanted);
        await deleteReplaced(hostFor);
        await expectNoChange(host, wanted);
      }),
    brokenUp: (wanted, at, by) =>
      withHosts(async (hostFor) => {
        const host = await hostFor(wanted.urn);
        const { reached, release } = stopAt(world.emulator, at, { work: "done" });
        const broken = upResource(host, wanted).catch((error: unknown) => {
          if (!(error instanceof CallFailure)) throw error;
          shown.push(error.message);
        });
        await reached;
        if (by === "Cancel") {
          await host.cancel();
          release();
        } else {
          void host.end("SIGKILL");
        }
        await broken;
      }),
    refresh: () =>
      withHosts(async (hostFor) => {
        const { current } = state;
        if (current !== undefined) record(await (await hostFor(current.urn)).read(current));
      }),
    destroy: () =>
      withHosts(async (hostFor) => {
        await deleteReplaced(hostFor);
        if (state.current === undefined) return;
        await (await hostFor(state.current.urn)).delete(state.current);
        state.current = undefined;
      }),
  };
}
