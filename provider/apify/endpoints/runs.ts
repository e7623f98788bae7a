import { ApifyNoResponseError } from "../errors";
import { runSchema } from "../schemas/run";
import { runPath } from "./paths";
import { readRunLog, readRunLogTail } from "./runLog";
import type { ApiRequest, RetryOptions } from "../apiRequest";
import type { Connection } from "../connection";
import type { Run } from "../schemas/run";
import type { LogQuery } from "./runLog";

/** How to read a run. */
export interface GetRunOptions extends RetryOptions {
  /** Seconds, 0 to 60, for which the server may hold back its response until the run has ended. Default: 0. */
  readonly waitSecs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The endpoints that concern one run. */
export interface RunEndpoints {
  getRun(runId: string, options?: GetRunOptions): Promise<Run>;
  /** Aborts a run; one that has ended stays as it is. `gracefully` gives the Actor 30 s to save its state. */
  abortRun(runId: string, manner?: "gracefully" | "at once", limits?: RetryOptions): Promise<Run>;
  /** Apify refuses to delete a run that has not ended. */
  deleteRun(runId: string, limits?: RetryOptions): Promise<void>;
  /** Reads the log of a run line by line without keeping it. */
  readRunLog(runId: string, query: LogQuery): Promise<void>;
  /** The last lines of a run's log, without time stamps and blank lines. */
  getRunLogTail(runId: string, lines: number): Promise<readonly string[]>;
}

/** The endpoints of one run, over this connection. */
export function runEndpoints(connection: Connection): RunEndpoints {
  /** Reads the description of a run. Throws if Apify describes another run. */
  async function run(runId: string, request: ApiRequest): Promise<Run> {
    const response = await connection.data(request, runSchema);
    if (response.id === runId) return response;
    const reason = `the response describes another run: ${response.id}`;
    throw new ApifyNoResponseError(request, "unreadable", reason);
  }

  return {
    getRun: async (runId, { waitSecs, ...limits } = {}) =>
      run(runId, {
        ...limits,
        method: "GET",
        path: runPath(runId),
        query: { waitForFinish: waitSecs },
        serverWaitSecs: waitSecs,
      }),
    abortRun: async (runId, manner = "at once", limits = {}) =>
      run(runId, {
        ...limits,
        method: "POST",
        repeatable: "always",
        path: `${runPath(runId)}/abort`,
        query: { gracefully: manner === "gracefully" ? true : undefined },
      }),
    deleteRun: async (runId, limits = {}) => {
      await connection.call({ ...limits, method: "DELETE", path: runPath(runId) });
    },
    readRunLog: (runId, query) => readRunLog(connection, runId, query),
    getRunLogTail: (runId, lines) => readRunLogTail(connection, runId, lines),
  };
}
