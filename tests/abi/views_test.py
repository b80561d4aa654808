# SPDX-License-Identifier: Apache-2.0
"""Every model that a view renders fits the published schema, on a walk through all fields and actions.

Usage: views_test.py VIEW_HOST MODULE
"""
import json
import pathlib
import subprocess
import sys
import unittest

import jsonschema

SCHEMA = json.loads((pathlib.Path(__file__).resolve().parents[2] / "abi/schema/view-model-1.schema.json")
                    .read_text(encoding="utf-8"))
COMMAND = []
PATIENTS = ("P001", "P002", "P003", "P004")
TYPED = ("", "a", "anna.w", "Ännä <b>\"w\"", "x" * 300, "1", "0")
MOST_ACTIONS = 80


class Screen:
    def __init__(self):
        self.process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")

    def ask(self, *parts):
        self.process.stdin.write("\t".join(parts) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")

    def model(self):
        return json.loads(self.ask("render"))

    def views(self):
        parts = self.ask("contributions").split("\t")[:-1]
        return [tuple(parts[i: i + 4]) for i in range(0, len(parts), 4)]

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=60)


def objects(model):
    """Every object in a model, from the outside in."""
    if isinstance(model, dict):
        yield model
        model = list(model.values())
    if isinstance(model, list):
        for part in model:
            yield from objects(part)


def actions(model):
    """Every action that a click could reach."""
    found = list(model["actions"])
    for part in objects(model):
        found += [part[name] for name in ("action", "previous", "next") if isinstance(part.get(name), dict)]
    return found


def fields(model):
    return [part for part in objects(model)
            if part.get("kind") in ("text", "email", "date", "password", "check", "choice") and "id" in part]


class ViewsTest(unittest.TestCase):
    def setUp(self):
        self.screen = Screen()
        self.ended = False

    def tearDown(self):
        if not self.ended:
            self.screen.end()

    def open_all(self):
        """Opens each contributed view in turn, for each patient if it needs one."""
        for view_id, _, _, flags in self.screen.views():
            for patient_id in PATIENTS if int(flags) & 1 else ("",):
                self.assertEqual("1", self.screen.ask("open", view_id, patient_id))
                yield view_id, patient_id

    def check(self, model):
        jsonschema.validate(model, SCHEMA)
        names = [field["id"] for field in fields(model)]
        self.assertEqual(sorted(set(names)), sorted(names), "two fields of one name")
        for action in actions(model):
            self.assertTrue(action.get("enabled", True) or action.get("reason"),
                            f"{action['id']} is off without a reason")
        for status in [part["status"] for part in objects(model) if "status" in part]:
            pairs = {"red": ("Not enabled", "cross"), "gray": ("Not invited", "circle"),
                     "orange": ("Invited", "envelope"), "green": ("Signed in", "check")}
            self.assertEqual(pairs[status["colour"]], (status["word"], status["shape"]))

    def test_schema_is_a_schema(self):
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    def test_a_model_that_does_not_fit_would_be_found(self):
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate({"schema": "ppo.view/1", "view": "x"}, SCHEMA)

    def test_plugin_contributes_the_menu_entry_and_the_tab(self):
        places = {(location, label) for _, location, label, _ in self.screen.views()}
        self.assertEqual({("menu.my-links", "Patient Portal Onboarding Tool"), ("patient.edit.tabs", "Patient Portal")},
                         places)

    def test_first_sight_of_every_view_fits_the_schema(self):
        for view_id, patient_id in self.open_all():
            with self.subTest(view=view_id, patient=patient_id):
                self.check(self.screen.model())

    def test_whatever_is_typed_the_model_fits_the_schema(self):
        for view_id, patient_id in self.open_all():
            for field in fields(self.screen.model()):
                for value in TYPED:
                    with self.subTest(view=view_id, patient=patient_id, field=field["id"], value=value[:12]):
                        before = self.screen.model()
                        self.screen.ask("edit", field["id"], value)
                        after = self.screen.model()
                        self.check(after)
                        if after["sections"] != before["sections"]:
                            self.assertGreater(after["revision"], before["revision"])

    def test_a_typed_password_never_comes_back(self):
        secret = "velvet-otter-lamp-93"
        for _ in self.open_all():
            for field in fields(self.screen.model()):
                if field["kind"] == "password":
                    self.screen.ask("edit", field["id"], secret)
                    self.assertNotIn(secret, json.dumps(self.screen.model()))

    def test_whatever_is_clicked_the_model_fits_the_schema(self):
        for view_id, patient_id in self.open_all():
            clicked = set()
            for _ in range(MOST_ACTIONS):
                model = self.screen.model()
                waiting = [action for action in actions(model)
                           if (action["id"], action.get("argument", "")) not in clicked]
                if not waiting:
                    break
                action = waiting[0]
                clicked.add((action["id"], action.get("argument", "")))
                with self.subTest(view=view_id, patient=patient_id, action=action["id"]):
                    self.screen.ask("invoke", action["id"], action.get("argument", ""))
                    self.screen.ask("work")
                    self.check(self.screen.model())
        self.ended = True
        self.assertEqual(0, self.screen.end())

    def test_an_unknown_action_is_a_misuse_and_changes_nothing(self):
        for view_id, patient_id in self.open_all():
            with self.subTest(view=view_id, patient=patient_id):
                before = self.screen.model()
                self.assertEqual("-2010", self.screen.ask("invoke", "no such action", ""))
                self.assertEqual("-2010", self.screen.ask("edit", "no such field", "x"))
                after = self.screen.model()
                self.assertEqual(before["sections"], after["sections"])


if __name__ == "__main__":
    COMMAND = sys.argv[1:3]
    del sys.argv[1:3]
    unittest.main()
