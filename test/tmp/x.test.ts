import { describeEngine } from "../engine/support/describeEngine";
import { succeeds } from "../engine/support/acceptance";
describeEngine("x", { sandboxPer: "suite" }, (sandbox) => {
  it("a", async () => {
    const { project } = sandbox;
    project.program('new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape" });');
    await succeeds(project.up());
    for (const what of ["up", "refresh"] as const) {
      const r = await project.shell(`TIMEFORMAT="%U %S %R"; time pulumi ${what} --yes --skip-preview --expect-no-changes --non-interactive >/dev/null`);
      console.log(what, r.code, r.output);
    }
    const r = await project.shell(`export PATH=/tmp/nodewrap:$PATH; TIMEFORMAT="%U %S %R"; time pulumi up --yes --skip-preview --expect-no-changes --non-interactive >/dev/null`);
    console.log("wrapped", r.code, r.output);
  });
});
