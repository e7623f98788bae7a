"""Runs a Pulumi program under mocks, and prints the resources that it registers, as JSON."""

import json
import runpy
import sys

import pulumi

registered = {}


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        registered[args.name] = {"type": args.typ, "inputs": args.inputs}
        return args.name + "-id", {**args.inputs, "fingerprint": "a-fingerprint"}

    def call(self, args):
        return {}


pulumi.runtime.set_mocks(Mocks())


@pulumi.runtime.test
def run_program():
    runpy.run_path(sys.argv[1])


run_program()
print(json.dumps(registered))
