import assert from "node:assert/strict";
import { HostFailure } from "../../support/host";
import { stopAt } from "./stop";
import type { Host, Properties } from "../../support/host";
import type { Recorded } from "./deploy";
import type { World } from "./world";

/**
 * A stack of one resource as the engine treats it, each command with a process of its own: which
 * operations it asks the host for, in which order, and what it records of the answers.
 */
export interface HostStack {
  /** What the state has of the resource. */
  readonly state: { current: Recorded | undefined; replaced: Recorded[] };
  /** The ids of the runs that the state has, or had. */
  readonly recorded: Set<string>;
  /** Every line and error that the user was shown. */
  readonly shown: string[];
  /** An `up` that is to succeed, and to leave nothing to do for a second one. */
  up(args: Properties): Promise<void>;
  /** An `up` that needs a run, killed when it looks for one, or when it has started one. */
  killedUp(args: Properties, at: "look" | "start"): Promise<void>;
  refresh(): Promise<void>;
  destroy(): Promise<void>;
}

/** A stack without a resource. */
export function openHostStack(world: World): HostStack {
  const state: HostStack["state"] = { current: undefined, replaced: [] };
  const recorded = new Set<string>();
  const shown: string[] = [];

  const record = (current: Recorded): void => {
    state.current = current;
    recorded.add(current.id);
  };

  const withHost = async (
    work: (host: Host) => Promise<void>,
    end: NodeJS.Signals = "SIGINT",
  ): Promise<void> => {
    const engine = await world.engine();
    const host = await world.configuredHost(engine);
    await work(host);
    await host.end(end);
    shown.push(...engine.lines.map(({ text }) => text), host.stderr());
  };

  const create = async (host: Host, inputs: Properties): Promise<void> => {
    const before = state.current;
    const keep = (answer: { id: string; properties: Properties }): void => {
      if (before !== undefined) state.replaced.push(before);
      record({ id: answer.id, properties: answer.properties, inputs });
    };
    try {
      keep(await host.create(inputs));
    } catch (error) {
      if (error instanceof HostFailure && error.partial !== undefined) keep(error.partial);
      throw error;
    }
  };

  const upResource = async (host: Host, args: Properties): Promise<void> => {
    const { current } = state;
    const { inputs, failures } = await host.check(current?.inputs ?? {}, args);
    assert.deepEqual(failures, []);
    if (current === undefined) {
      await create(host, inputs);
      return;
    }
    const { changes, replaces } = await host.diff(current.id, current.properties, inputs);
    if (replaces.length > 0) {
      await create(host, inputs);
    } else {
      const { id } = current;
      const properties =
        changes === "none" ? current.properties : await host.update(id, current.properties, inputs);
      record({ id, properties, inputs });
    }
  };

  const deleteReplaced = async (host: Host): Promise<void> => {
    for (let old = state.replaced[0]; old !== undefined; old = state.replaced[0]) {
      await host.delete(old.id, old.properties);
      state.replaced.shift();
    }
  };

  const expectNoChange = async (host: Host, args: Properties): Promise<void> => {
    const { current } = state;
    assert.ok(current !== undefined);
    const { inputs } = await host.check(current.inputs, args);
    const { changes } = await host.diff(current.id, current.properties, inputs);
    assert.equal(changes, "none", "what a second up would see");
  };

  return {
    state,
    recorded,
    shown,
    up: (args) =>
      withHost(async (host) => {
        await upResource(host, args);
        await deleteReplaced(host);
        await expectNoChange(host, args);
      }),
    killedUp: (args, at) =>
      withHost(async (host) => {
        const { reached } = stopAt(world.emulator, at, { work: "done" });
        const broken = assert.rejects(upResource(host, args));
        await reached;
        void host.end("SIGKILL");
        await broken;
      }, "SIGKILL"),
    refresh: () =>
      withHost(async (host) => {
        const { current } = state;
        if (current === undefined) return;
        record({ ...current, ...(await host.read(current.id, current.properties)) });
      }),
    destroy: () =>
      withHost(async (host) => {
        await deleteReplaced(host);
        if (state.current === undefined) return;
        await host.delete(state.current.id, state.current.properties);
        state.current = undefined;
      }),
  };
}
