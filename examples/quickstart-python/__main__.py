import pulumi
import pulumi_apify as apify

shop = pulumi.Config().get("shop") or "https://example.com"

scraper = apify.Task(
    "scraper",
    actor_id="janedoe/price-scraper",
    input={"startUrls": [{"url": shop}]},
)
prices = apify.TaskRun(
    "prices",
    actor_task_id=scraper.id,
    triggers=[scraper.fingerprint],
)
first = apify.get_dataset_items_output(dataset_id=prices.default_dataset_id, limit=1)

pulumi.export("runId", prices.run_id)
pulumi.export("datasetId", prices.default_dataset_id)
pulumi.export("firstItems", first.items)
