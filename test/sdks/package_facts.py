"""Prints what an installed pulumi_apify tells of itself, as JSON."""

import inspect
import json
from importlib import metadata, resources

import pulumi_apify as apify

package = metadata.metadata("pulumi_apify")
files = [str(file) for file in metadata.files("pulumi_apify") or []]
plugin = resources.files(apify).joinpath("pulumi-plugin.json").read_text()
print(
    json.dumps(
        {
            "metadata": package.json,
            "hasLicense": any(file.endswith("/LICENSE") for file in files),
            "plugin": json.loads(plugin),
            "names": apify.__all__ if hasattr(apify, "__all__") else dir(apify),
            "docs": {
                "TaskArgs.adopt_task_id": inspect.getdoc(apify.TaskArgs.adopt_task_id),
                "TaskRunArgs.max_age_secs": inspect.getdoc(apify.TaskRunArgs.max_age_secs),
                "TaskRun.default_dataset_id": inspect.getdoc(apify.TaskRun.default_dataset_id),
                "TaskOptionsArgs.memory_mbytes": inspect.getdoc(apify.TaskOptionsArgs.memory_mbytes),
            },
            "onDelete": [value.value for value in apify.OnDelete],
        }
    )
)
