import type { Declaration } from "../../emulator";

/**
 * Two tasks of janedoe: runs of `scrape` end at once with the `exitCode` of their input, those of `by-hand`
 * when the test ends them.
 */
export function twoTasks(token: string): Declaration {
  return {
    users: [{ username: "janedoe", token }],
    actors: [
      {
        username: "janedoe",
        name: "obedient",
        run: ({ input }) => Promise.resolve({ exitCode: Number(input.exitCode ?? 0) }),
      },
      { username: "janedoe", name: "by-hand", manual: true },
    ],
    tasks: [
      { username: "janedoe", name: "scrape", actor: "janedoe~obedient" },
      { username: "janedoe", name: "by-hand", actor: "janedoe~by-hand" },
    ],
  };
}
