import pulumi
import pulumi_apify as apify

task = apify.Task("task", actor_id="janedoe/price-scraper")
run = apify.TaskRun("run", actor_task_id=task.id)

right: pulumi.Output[str] = run.default_dataset_id
wrong: pulumi.Output[int] = run.default_dataset_id  # assignment

right_cost: pulumi.Output[float | None] = run.usage_total_usd
wrong_cost: pulumi.Output[float] = run.usage_total_usd  # assignment

apify.TaskRun("a", actor_task_id=task.id, on_expired=apify.OnExpired.RERUN)
apify.TaskRun("b", actor_task_id=task.id, on_expired="sometimes")  # call-overload

apify.Task("c", actor_id="d", options={"memory_mbytes": 1024})
apify.Task("e", actor_id="f", options={"memoryMbytes": 1024})  # call-overload

apify.TaskOptionsArgs(timeout_secs=60)
apify.TaskOptionsArgs(timeout_secs=0.5)  # arg-type
apify.TaskRunArgs()  # call-arg
