"""Calls the methods of Apify's Python client against an emulator.

Its arguments are the emulator's URL and a token. It prints a JSON object: for each method the error, or
null, and the methods that it never called.
"""

import inspect
import json
import sys
import traceback
from datetime import timedelta

import apify_client._resource_clients as clients
from apify_client import ApifyClient

url, token = sys.argv[1:]
client = ApifyClient(token, api_url=url, api_public_url=url, max_retries=0)

RESOURCES = [
    "ActorClient",
    "ActorCollectionClient",
    "BuildClient",
    "BuildCollectionClient",
    "DatasetClient",
    "DatasetCollectionClient",
    "KeyValueStoreClient",
    "KeyValueStoreCollectionClient",
    "LogClient",
    "RequestQueueClient",
    "RunClient",
    "RunCollectionClient",
    "TaskClient",
    "TaskCollectionClient",
    "UserClient",
]

# What the local Apify does not have: building, publishing and deleting Actors, webhooks, the Store, and
# request queues beyond what the SDK needs.
NOT_THERE = {
    *(
        f"RequestQueueClient.{method}"
        for method in [
            "add_request",
            "batch_add_requests",
            "batch_delete_requests",
            "delete_request",
            "delete_request_lock",
            "get_request",
            "iterate_requests",
            "list_and_lock_head",
            "list_head",
            "list_requests",
            "prolong_request_lock",
            "unlock_requests",
            "update_request",
        ]
    ),
    "ActorClient.build",
    "ActorClient.delete",
    "ActorClient.update",
    "ActorClient.version",
    "ActorClient.versions",
    "ActorCollectionClient.create",
    "BuildClient.abort",
    "BuildClient.delete",
    "BuildClient.get_open_api_definition",
    "TaskClient.publish",
    "TaskClient.unpublish",
}

results = {}


def check(method, call):
    """Records whether a call raises; returns what it returned."""
    results.setdefault(method, None)
    try:
        return call()
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1]
        results[method] = f"{type(error).__name__}: {error} ({line.name})"
        return None


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def same(actual, expected):
    expect(actual == expected, f"{actual!r} is not {expected!r}")
    return actual


def read_stream(stream):
    with stream as response:
        return response.read() if hasattr(response, "read") else response


def tasks():
    task = client.task("janedoe/nightly")
    check("TaskClient.get", lambda: same(task.get().name, "nightly"))
    check("TaskClient.update", lambda: same(task.update(title="Every night").title, "Every night"))
    check("TaskClient.update_input", lambda: same(task.update_input(task_input={"a": 1}), {"a": 1}))
    check("TaskClient.get_input", lambda: same(task.get_input(), {"a": 1}))
    check("TaskClient.call", lambda: same(task.call(task_input={"b": 2}).status, "SUCCEEDED"))
    check("TaskClient.start", lambda: task.start(memory_mbytes=256, wait_for_finish=60))
    check("TaskClient.last_run", lambda: same(task.last_run().get().status, "SUCCEEDED"))
    check("TaskClient.runs", lambda: same(task.runs().list().total, 2))
    check("TaskClient.webhooks", lambda: same(task.webhooks().list().items, []))
    actor_id = client.actor("janedoe/prices").get().id
    made = check("TaskCollectionClient.create", lambda: client.tasks().create(actor_id=actor_id, name="made"))
    check("TaskCollectionClient.list", lambda: expect(client.tasks().list().total >= 3, "too few"))
    check("TaskCollectionClient.iterate", lambda: expect(len(list(client.tasks().iterate())) >= 3, "too few"))
    if made:
        check("TaskClient.delete", lambda: client.task(made.id).delete())
        check("TaskClient.delete", lambda: same(client.task(made.id).get(), None))


def runs():
    started = client.task("janedoe/nightly").call()
    run = client.run(started.id)
    check("RunClient.get", lambda: same(run.get().status, "SUCCEEDED"))
    check("RunClient.get", lambda: same(client.run("none").get(), None))
    check("RunClient.wait_for_finish", lambda: same(run.wait_for_finish().status, "SUCCEEDED"))
    check("RunClient.dataset", lambda: same(run.dataset().list_items().count, 2))
    check("RunClient.key_value_store", lambda: same(run.key_value_store().get_record("OUTPUT")["value"], {"cheapest": 12}))
    check("RunClient.request_queue", lambda: expect(run.request_queue().get(), "no queue"))
    check("RunClient.log", lambda: expect("looking for prices" in run.log().get(), "not in the log"))
    check("RunClient.iterate_dataset_items", lambda: same(len(list(run.iterate_dataset_items())), 2))
    check("RunClient.update", lambda: same(run.update(status_message="checked").status_message, "checked"))
    check("RunCollectionClient.list", lambda: expect(client.runs().list(status="SUCCEEDED", desc=True).total > 0, "none"))
    check("RunCollectionClient.iterate", lambda: expect(len(list(client.runs().iterate())) > 0, "none"))

    live = client.run(client.task("janedoe/by-hand").start().id)
    check("RunClient.reboot", lambda: same(live.reboot().status, "RUNNING"))
    check("RunClient.get_streamed_log", lambda: live.get_streamed_log().start())
    check("RunClient.get_status_message_watcher", lambda: live.get_status_message_watcher())
    check("RunClient.abort", lambda: live.abort())
    check("RunClient.abort", lambda: same(live.wait_for_finish().status, "ABORTED"))
    check("RunClient.resurrect", lambda: same(live.resurrect(memory_mbytes=512).options.memory_mbytes, 512))
    target = client.actor("janedoe/by-hand").get().id
    check("RunClient.metamorph", lambda: same(live.metamorph(target_actor_id=target, run_input={"c": 3}).act_id, target))
    live.abort()
    live.wait_for_finish()
    check("RunClient.delete", lambda: live.delete())
    check("RunClient.delete", lambda: same(live.get(), None))

    paid = client.run(client.task("janedoe/paid").start(max_total_charge_usd=5).id)
    check("RunClient.charge", lambda: paid.charge("page", count=2, idempotency_key="once"))
    check("RunClient.charge", lambda: same(paid.get().charged_event_counts, {"page": 2}))
    paid.abort()


def datasets():
    started = client.task("janedoe/nightly").call()
    dataset = client.dataset(started.default_dataset_id)
    check("DatasetClient.get", lambda: same(dataset.get().item_count, 2))
    check("DatasetClient.get", lambda: same(client.dataset("none").get(), None))
    check("DatasetClient.push_items", lambda: dataset.push_items([{"price": 20}]))
    check("DatasetClient.list_items", lambda: same(dataset.list_items(desc=True, limit=1).items, [{"price": 20}]))
    check("DatasetClient.iterate_items", lambda: same(len(list(dataset.iterate_items(chunk_size=2))), 3))
    # The local Apify has no xml, html, rss and xlsx.
    for item_format in ["json", "jsonl", "csv"]:
        check(
            "DatasetClient.get_items_as_bytes",
            lambda: expect(len(dataset.get_items_as_bytes(item_format=item_format)) > 9, item_format),
        )
    check("DatasetClient.stream_items", lambda: expect(b"20" in read_stream(dataset.stream_items()), "not there"))
    check("DatasetClient.get_statistics", lambda: expect(dataset.get_statistics(), "none"))
    check("DatasetClient.create_items_public_url", lambda: expect(started.default_dataset_id in dataset.create_items_public_url(), "another"))
    check("DatasetClient.update", lambda: same(dataset.update(name="kept-items").name, "kept-items"))
    check("DatasetCollectionClient.get_or_create", lambda: same(client.datasets().get_or_create(name="kept-items").id, started.default_dataset_id))
    check("DatasetCollectionClient.list", lambda: same(client.datasets().list().total, 1))
    check("DatasetCollectionClient.list", lambda: expect(client.datasets().list(unnamed=True).total > 1, "too few"))
    check("DatasetCollectionClient.iterate", lambda: same(len(list(client.datasets().iterate())), 1))
    check("DatasetClient.delete", lambda: dataset.delete())
    check("DatasetClient.delete", lambda: same(dataset.get(), None))


def key_value_stores():
    started = client.task("janedoe/nightly").call()
    store = client.key_value_store(started.default_key_value_store_id)
    check("KeyValueStoreClient.get", lambda: expect(store.get(), "none"))
    check("KeyValueStoreClient.set_record", lambda: store.set_record("text", "ä", content_type="text/plain; charset=utf-8"))
    check("KeyValueStoreClient.set_record", lambda: store.set_record("bytes", b"\x00\xff"))
    check("KeyValueStoreClient.set_record", lambda: store.set_record("large", {"x": "y" * 5000}))
    check("KeyValueStoreClient.get_record", lambda: same(store.get_record("text")["value"], "ä"))
    check("KeyValueStoreClient.get_record", lambda: same(store.get_record("large")["value"], {"x": "y" * 5000}))
    check("KeyValueStoreClient.get_record", lambda: same(store.get_record("none"), None))
    check("KeyValueStoreClient.get_record_as_bytes", lambda: same(store.get_record_as_bytes("bytes")["value"], b"\x00\xff"))
    check("KeyValueStoreClient.stream_record", lambda: same(read_stream_of_record(store), "ä".encode()))
    check("KeyValueStoreClient.record_exists", lambda: same(store.record_exists("text"), True))
    check("KeyValueStoreClient.record_exists", lambda: same(store.record_exists("none"), False))
    check("KeyValueStoreClient.list_keys", lambda: same(len(store.list_keys(limit=2).items), 2))
    check("KeyValueStoreClient.iterate_keys", lambda: same(len(list(store.iterate_keys(chunk_size=2))), 5))
    check("KeyValueStoreClient.get_record_public_url", lambda: expect("text" in store.get_record_public_url("text"), "another"))
    check("KeyValueStoreClient.create_keys_public_url", lambda: expect("/keys" in store.create_keys_public_url(), "another"))
    check("KeyValueStoreClient.delete_record", lambda: store.delete_record("text"))
    check("KeyValueStoreClient.delete_record", lambda: same(store.record_exists("text"), False))
    check("KeyValueStoreClient.update", lambda: same(store.update(name="kept-records").name, "kept-records"))
    check("KeyValueStoreCollectionClient.get_or_create", lambda: same(client.key_value_stores().get_or_create(name="kept-records").id, started.default_key_value_store_id))
    check("KeyValueStoreCollectionClient.list", lambda: same(client.key_value_stores().list().total, 1))
    check("KeyValueStoreCollectionClient.iterate", lambda: same(len(list(client.key_value_stores().iterate(unnamed=False))), 1))
    check("KeyValueStoreClient.delete", lambda: store.delete())
    check("KeyValueStoreClient.delete", lambda: same(store.get(), None))


def read_stream_of_record(store):
    with store.stream_record("text") as record:
        return record["value"].read()


def request_queues():
    started = client.task("janedoe/nightly").call()
    queue = client.request_queue(started.default_request_queue_id)
    check("RequestQueueClient.get", lambda: same(queue.get().total_request_count, 0))
    check("RequestQueueClient.update", lambda: same(queue.update(name="kept-queue").name, "kept-queue"))
    queues = client.request_queues()
    check("RequestQueueCollectionClient.get_or_create", lambda: same(queues.get_or_create(name="kept-queue").id, started.default_request_queue_id))
    check("RequestQueueCollectionClient.list", lambda: same(queues.list().total, 1))
    check("RequestQueueCollectionClient.iterate", lambda: same(len(list(queues.iterate())), 1))
    check("RequestQueueClient.delete", lambda: queue.delete())
    check("RequestQueueClient.delete", lambda: same(queue.get(), None))


def logs():
    started = client.task("janedoe/nightly").call()
    log = client.log(started.id)
    check("LogClient.get", lambda: expect("Z looking for prices" in log.get(), "not in the log"))
    check("LogClient.get", lambda: same(client.log("none").get(), None))
    check("LogClient.get_as_bytes", lambda: expect(b"looking" in log.get_as_bytes(raw=True), "not in the log"))
    check("LogClient.stream", lambda: expect(b"looking" in read_stream(log.stream()), "not in the log"))


def users():
    check("UserClient.get", lambda: same(client.user().get().username, "janedoe"))
    check("UserClient.get", lambda: same(client.user("johndoe").get().username, "johndoe"))
    check("UserClient.limits", lambda: expect(client.user().limits().limits.max_monthly_usage_usd > 0, "none"))
    check("UserClient.update_limits", lambda: client.user().update_limits(max_monthly_usage_usd=50))
    check("UserClient.update_limits", lambda: same(client.user().limits().limits.max_monthly_usage_usd, 50))
    check("UserClient.monthly_usage", lambda: expect(client.user().monthly_usage().usage_cycle, "none"))


def actors():
    actor = client.actor("janedoe/prices")
    build = check("ActorClient.builds", lambda: actor.builds().list().items[0])
    check("ActorClient.get", lambda: same(actor.get().title, "Price scraper"))
    check("ActorClient.default_build", lambda: same(actor.default_build().get().build_number, "0.1.1"))
    check("ActorClient.start", lambda: actor.start(run_input={"d": 4}, wait_for_finish=60))
    check("ActorClient.call", lambda: same(actor.call(logger=None).status, "SUCCEEDED"))
    check("ActorClient.last_run", lambda: same(actor.last_run(status="SUCCEEDED").get().status, "SUCCEEDED"))
    check("ActorClient.runs", lambda: expect(actor.runs().list().total > 0, "none"))
    check("ActorClient.validate_input", lambda: same(actor.validate_input({"e": 5}), True))
    check("ActorClient.webhooks", lambda: same(actor.webhooks().list().items, []))
    check("ActorCollectionClient.list", lambda: expect(client.actors().list(my=True).total > 0, "none"))
    check("ActorCollectionClient.iterate", lambda: expect(len(list(client.actors().iterate(my=True))) > 0, "none"))
    check("BuildCollectionClient.list", lambda: same(client.builds().list().items[0].build_number, "0.1.1"))
    check("BuildCollectionClient.iterate", lambda: expect(len(list(client.builds().iterate())) > 0, "none"))
    if build:
        check("BuildClient.get", lambda: same(client.build(build.id).get().build_number, "0.1.1"))
        check("BuildClient.log", lambda: expect(client.build(build.id).log().get() is not None, "none"))
        check("BuildClient.wait_for_finish", lambda: same(client.build(build.id).wait_for_finish(wait_duration=timedelta(seconds=1)).status, "SUCCEEDED"))


def methods():
    for name in RESOURCES:
        for method, function in inspect.getmembers(getattr(clients, name), inspect.isfunction):
            if not method.startswith("_"):
                yield f"{name}.{method}"


for part in [tasks, runs, datasets, key_value_stores, request_queues, logs, users, actors]:
    check(f"{part.__name__}()", part)

missed = sorted(set(methods()) - set(results) - NOT_THERE)
print(json.dumps({"results": results, "missed": missed}))
