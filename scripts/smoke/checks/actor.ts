import { inWords } from "../api";
import { at, shown, textAt } from "../json";
import { taggedBuild } from "../taggedBuild";
import { must, needs } from "../verdict";
import type { Check } from "../check";
import type { Scene } from "../scene";

/** The tag of the build that the task runs, and the number that the Actor gives for it. */
async function wantedBuild({ actorReply, task }: Scene): Promise<{ tag: string; number: string }> {
  const actor = (await actorReply()).data;
  const ofTask = textAt(await task(), "options", "build");
  const ofActor = textAt(actor, "defaultRunOptions", "build");
  const tag = [ofTask, ofActor, "latest"].find((each) => each !== "") ?? "";
  return { tag, number: taggedBuild(actor, tag) };
}

/** Checks of Actors and builds. */
export const actorChecks: readonly Check[] = [
  {
    id: "actor-read",
    assumption: "B1",
    title: "An Actor is read by username~name, and has an id, a name and a username",
    run: async ({ actorReply, actor }) => {
      const reply = await actorReply();
      must(reply.status === 200, inWords(reply));
      const { id, username, name } = reply.data;
      must(typeof id === "string" && id !== "", `its id is ${shown(id)}`);
      must(`${String(username)}~${String(name)}` === actor, shown({ id, username, name }));
      return `${actor} has the id ${id}`;
    },
  },
  {
    id: "tagged-builds",
    assumption: "B2",
    title: "An Actor says which build number each of its tags points to, to every account",
    run: async (scene) => {
      const { tag, number } = await wantedBuild(scene);
      const { data } = await scene.actorReply();
      must(
        /^\d+\.\d+\.\d+$/.test(number),
        `taggedBuilds is ${shown(data.taggedBuilds)}, the tag "${tag}"`,
      );
      return `the tag "${tag}" points to ${number}`;
    },
  },
  {
    id: "build-of-tag",
    assumption: "B3",
    title: "A run has the build to which its tag points when it is started",
    run: async (scene) => {
      const { tag, number } = await wantedBuild(scene);
      const { buildNumber, options } = (await scene.readBack()).value;
      needs(number !== "", `the Actor does not say what the tag "${tag}" points to`);
      must(
        buildNumber === number,
        `"${tag}" points to ${number}, but the run has ${shown(buildNumber)}`,
      );
      return `the run has ${number}, and asked for ${shown(at(options, "build"))}`;
    },
  },
];
