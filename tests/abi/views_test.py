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
REPORT = "onboarding.report"
BATCHES = "onboarding.batches"
ANALYTICS = "onboarding.analytics"  # Contributed to no place: the report leads to it.


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
    found = list(model["actions"]) + model.get("dialog", {}).get("actions", [])
    for part in objects(model):
        found += [part[name] for name in ("action", "previous", "next", "empty_action")
                  if isinstance(part.get(name), dict)]
        found += part["actions"] if "column" in part and "actions" in part else []
    return found


def fields(model):
    return [part for part in objects(model)
            if part.get("kind") in ("text", "email", "date", "password", "check", "choice") and "id" in part]


def ticks(model):
    """Every check box that stands in a table."""
    return [part[name] for part in objects(model) for name in ("check", "check_all") if name in part]


def section_ids(model):
    return [section["id"] for section in model["sections"]]


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
        self.assertEqual("1", self.screen.ask("open", ANALYTICS, ""))
        yield ANALYTICS, ""

    def check(self, model):
        jsonschema.validate(model, SCHEMA)
        names = [field["id"] for field in fields(model) + ticks(model)]
        self.assertEqual(sorted(set(names)), sorted(names), "two fields of one name")
        for action in actions(model):
            self.assertTrue(action.get("enabled", True) or action.get("reason"),
                            f"{action['id']} is off without a reason")
        if "dialog" in model:
            self.assertIn(model["dialog"]["dismiss"], [action["id"] for action in model["dialog"]["actions"]])
        for status in [part["status"] for part in objects(model) if "status" in part]:
            pairs = {"red": ("Not enabled", "cross"), "gray": ("Not invited", "circle"),
                     "orange": ("Invited", "envelope"), "green": ("Signed in", "check")}
            self.assertEqual(pairs[status["colour"]], (status["word"], status["shape"]))

    def test_schema_is_a_schema(self):
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    def test_a_model_that_does_not_fit_would_be_found(self):
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate({"schema": "ppo.view/1", "view": "x"}, SCHEMA)

    def click_through(self):
        """Clicks whatever there is to click in the open view, once each."""
        clicked = set()
        for _ in range(MOST_ACTIONS):
            model = self.screen.model()
            waiting = [action for action in actions(model)
                       if (action["id"], action.get("argument", "")) not in clicked]
            if not waiting:
                break
            action = waiting[0]
            clicked.add((action["id"], action.get("argument", "")))
            with self.subTest(view=model["view"], patient=model.get("patient_id"), action=action["id"]):
                self.screen.ask("invoke", action["id"], action.get("argument", ""))
                self.screen.ask("work")
                self.check(self.screen.model())

    def start_batch(self):
        """Opens the report, enables two patients, ticks all and mails those who can be mailed."""
        self.assertEqual("1", self.screen.ask("open", REPORT, ""))
        for patient_id in ("P001", "P003"):
            self.screen.ask("invoke", "enable", patient_id)
        for patient_id in PATIENTS:
            self.assertEqual("1", self.screen.ask("edit", "select:" + patient_id, "1"))
        self.assertEqual("1", self.screen.ask("invoke", "preview_batch", "").split("\t")[-1])
        self.check(self.screen.model())
        self.assertEqual("1", self.screen.ask("invoke", "start_batch", "").split("\t")[-1])

    def click_around_a_batch(self, view_id):
        self.start_batch()
        self.assertEqual("1", self.screen.ask("open", view_id, ""))
        self.click_through()
        self.ended = True
        self.assertEqual(0, self.screen.end())

    def test_plugin_contributes_the_menu_entries_and_the_tab(self):
        places = {(location, label) for _, location, label, _ in self.screen.views()}
        self.assertEqual({("menu.my-links", "Patient Portal Onboarding Tool"),
                          ("menu.my-links", "Portal Invitation Batches"),
                          ("patient.edit.tabs", "Patient Portal")}, places)

    def test_first_sight_of_every_view_fits_the_schema(self):
        for view_id, patient_id in self.open_all():
            with self.subTest(view=view_id, patient=patient_id):
                self.check(self.screen.model())

    def test_whatever_is_typed_the_model_fits_the_schema(self):
        for view_id, patient_id in self.open_all():
            for field in fields(self.screen.model()) + ticks(self.screen.model()):
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
        for _ in self.open_all():
            self.click_through()
        self.ended = True
        self.assertEqual(0, self.screen.end())

    def test_whatever_is_clicked_in_the_report_around_a_batch_the_model_fits_the_schema(self):
        self.click_around_a_batch(REPORT)

    def test_whatever_is_clicked_in_the_list_of_batches_the_model_fits_the_schema(self):
        self.click_around_a_batch(BATCHES)

    def test_a_dialog_asks_before_a_batch_starts(self):
        self.screen.ask("open", REPORT, "")
        self.screen.ask("edit", "select_all", "1")
        self.screen.ask("invoke", "preview_batch", "")
        self.assertEqual("Nobody can be invited", self.screen.model()["dialog"]["title"])
        self.screen.ask("edit", "signed_in_too", "1")
        self.check(self.screen.model())
        self.screen.ask("invoke", "dismiss_batch", "")
        self.assertNotIn("dialog", self.screen.model())

    def test_ticks_are_a_misuse_for_nobody(self):
        self.screen.ask("open", REPORT, "")
        for field in ("select:", "select:P404", "select"):
            self.assertEqual("-2010", self.screen.ask("edit", field, "1"))

    def test_a_batch_is_looked_at_until_it_has_ended(self):
        self.start_batch()
        model = self.screen.model()
        self.check(model)
        self.assertIn("refresh_after_ms", model)
        self.assertEqual("batches", section_ids(model)[0])
        self.screen.ask("advance", "121")
        answers = [self.screen.ask("work") for _ in range(10)]
        self.assertEqual("1", answers[-1], "there is no end to the work")
        model = self.screen.model()
        self.check(model)
        self.assertNotIn("refresh_after_ms", model)
        bar = next(part for part in objects(model) if part.get("kind") == "progress")
        self.assertEqual((4, 4), (bar["value"], bar["max"]))
        self.screen.ask("advance", "900")
        self.assertNotIn("batches", section_ids(self.screen.model()))

    def test_the_outcome_of_each_patient_is_listed(self):
        self.start_batch()
        self.screen.ask("open", BATCHES, "")
        model = self.screen.model()
        self.check(model)
        people = next(part for part in objects(model) if part.get("id") == "people" and part.get("kind") == "table")
        self.assertEqual(sorted(PATIENTS), sorted(row["id"] for row in people["rows"]))
        answer = self.screen.ask("invoke", "save_csv", "1").split("\t")
        self.assertEqual(["7", "batch-1.csv"], answer[:2])
        self.assertEqual("1", answer[-1])

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
