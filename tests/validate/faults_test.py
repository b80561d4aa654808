# SPDX-License-Identifier: Apache-2.0
"""Each check fails for a plugin that breaks its rule, and no other does.

Usage: faults_test.py PART VALIDATOR PLUGIN FAULTY"""
import concurrent.futures
import pathlib
import re
import sys
import unittest

from validator import Validator, failing

VALIDATOR, PART = None, ""

# Part: {fault: (the check that fails, the checks that are run, what it says)}
FAULTS = {
    "loading_and_life": {
        "loads_slowly": ("loading.time", r"^loading\.", r"Loading took 1\d\d\d ms"),
        "speaks_any_major": ("loading.entry", r"^loading\.", r"ppo_plugin_entry\(2\) is not NULL"),
        "gives_no_table": ("loading.entry", r"^(loading|views)\.", r"ppo_plugin_entry\(1\) answered NULL"),
        "has_no_query": ("loading.entry", r"^(loading|views)\.", "its slot query is NULL"),
        "opens_a_file_to_be_asked": ("loading.entry", r"^loading\.", "opened a file"),
        "has_a_vendor_in_latin_1": ("loading.table", r"^loading\.", "vendor is empty or not UTF-8"),
        "reads_half_of_an_id": ("loading.query", r"^loading\.", r'query\("ppo.ui/10"\) is not NULL'),
        "lacks_a_slot": ("loading.slots", r"^loading\.", "patient_merged is too short"),
        "takes_any_major": ("life.hosts", r"^life\.(?!unload)", "host of major 2"),
        "measures_wrong": ("life.sizes", r"^life\.(?!unload)", "struct_size 8"),
        "ends_all_at_once": ("life.two_instances", r"^life\.(?!unload)", "the other does not answer"),
        "minds_a_second_destroy": ("life.destroy", r"^life\.(?!unload)", r"signal 6 \(SIGABRT\) at: destroy"),
        "minds_a_second_shutdown": ("life.shutdown", r"^life\.(?!unload)", "Time 2: shutdown answered"),
        "works_beside_its_thread": ("life.own_thread", r"^life\.(?!unload)", "work answered PPO_OK"),
        "answers_after_shutdown": ("life.after_shutdown", r"^life\.(?!unload)", "lift_delays answered PPO_OK"),
        "answers_after_destroy": ("life.after_destroy", r"^life\.(?!unload)", "lift_delays answered PPO_OK"),
        "names_no_field": ("life.bad_settings", r"^life\.(?!unload)", 'error.field is ""'),
        "refuses_a_good_setting": ("life.good_settings", r"^life\.(?!unload)", "hold_back_seconds = 86400"),
        "leaks_memory": ("life.unload", r"^life\.unload|^loading", r"grown by \d+ KiB"),
        "leaks_a_file": ("life.unload", r"^life\.unload|^loading", "files are open"),
    },
    "slots": {
        "crashes_on_null": ("errors.onboarding", r"^(errors|growth)\.(on|au|st)",
            "at: ppo.onboarding/1 revoke_invitation, self = NULL"),
        "lies_in_the_error": ("errors.onboarding", r"^(errors|growth)\.(on|au|st)", "error.result is PPO_MISUSE_STATE"),
        "hangs": ("errors.audit", r"^(errors|growth)\.(on|au|st)",
            r"took longer than 4 s at: ppo.audit/1 verify, self = NULL"),
        "writes_behind_a_struct": ("growth.onboarding", r"^(errors|growth)\.(on|au|st)",
            "more of the result was written"),
        "leaves_what_it_cannot_know": ("growth.onboarding", r"^growth\.(on|au|st)", "was not set to zero"),
        "ignores_a_tail": ("growth.onboarding", r"^(errors|growth)\.(on|au|st)", "the last of them 1"),
        "reads_beyond_a_text": ("text.onboarding", r"^(text|values)\.on",
            "at: ppo.onboarding/1 set_access, patient_id"),
        "takes_any_bytes": ("text.onboarding", r"^(text|values)\.on", "not a misuse"),
        "answers_zero": ("values.onboarding", r"^(text|values)\.on", "the answer is 0"),
        "ignores_its_sink": ("callbacks.onboarding", r"^callbacks\.(on|au|st)", "get_account, its sink answers 0"),
        "keeps_a_pointer": ("memory.onboarding", r"^memory\.(on|au|se)", "at: ppo.onboarding/1 lift_delays"),
        "keeps_the_settings": ("memory.settings", r"^memory\.(on|au|se)", "crashed|was ended"),
        "signs_in_one_at_a_time": ("threads.free", r"^threads\.", "sign_in answered PPO_FAULT_INTERNAL"),
        "renders_one_at_a_time": ("threads.views", r"^threads\.", "render answered PPO_FAULT_INTERNAL"),
        "creates_one_at_a_time": ("threads.instances", r"^threads\.", "create beside others"),
    },
    "views_and_reports": {
        "renders_no_json": ("views.render", r"^views\.", "no JSON object"),
        "crashes_on_a_number": ("views.touch", r"^views\.", "at: edit of"),
        "takes_unknown_fields": ("views.unknown_ids", r"^views\.", "edit of SAVE answered PPO_OK"),
        "keeps_views_open": ("views.ended", r"^views\.", "after close"),
        "forgets_the_cursor": ("report.cursors", r"^report\.", "does not come to an end"),
        "counts_wrong_to_a_limit": ("report.limits", r"^report\.", "With the limit 5"),
        "miscounts": ("report.counts", r"^report\.", "not all patients together"),
        "goes_on_when_stopped": ("report.stops", r"^report\.", "each_batch_person answered PPO_OK"),
        "reads_no_json": ("report.json", r"^report\.", "limit 1000"),
        "logs_a_username": ("privacy.sentinel", r"^(privacy|views)\.", "A log line holds"),
        "tells_a_username_in_an_error": ("privacy.sentinel", r"^(privacy|views)\.", "error of set_credentials holds"),
    },
    "batches_and_callbacks": {
        "undoes_too_late": ("batches.undo", r"^batches\.", "undo_batch, twice answered PPO_OK"),
        "resumes_what_has_ended": ("batches.cancel_held_back", r"^batches\.", "resume_batch, cancelled"),
        "cancels_nothing": ("batches.cancel_at_each_step", r"^batches\.", "mails left|the state is"),
        "pauses_twice": ("batches.pause", r"^batches\.", "pause_batch, twice"),
        "trusts_answers": ("callbacks.answers", r"^callbacks\.", "get_patient answers 99"),
        "needs_a_directory": ("callbacks.absent", r"^callbacks\.", "no optional interface"),
        "trusts_tables": ("callbacks.short_tables", r"^callbacks\.", "host table 0 has 0 bytes"),
        "trusts_the_clock": ("callbacks.clock", r"^callbacks\.", "the clock says 0"),
        "takes_a_refusal_for_sent": ("callbacks.transport", r"^callbacks\.", "answers -1602 is 2, not 4"),
        "trusts_a_directory": ("callbacks.directory", r"^callbacks\.", "it gives NULL"),
        "trusts_one_patient": ("callbacks.one_patient", r"^callbacks\.", "the directory gives NULL"),
    },
}


class FaultsTest(unittest.TestCase):
    maxDiff = None

    def expect(self, library, fault, expected, only, says):
        limit = 4 if fault == "hangs" else 60
        done, report = VALIDATOR.report(library, "--only", only, "--cycles", 110, "--timeout", limit, fault=fault)
        told = done.stdout + done.stderr
        self.assertEqual([expected], failing(report), f"{fault}\n{told}")
        self.assertEqual(1, done.returncode, fault)
        self.assertRegex(done.stdout, rf"(?m)^FAIL +{re.escape(expected)}$")
        problems = next(check["problems"] for check in report["checks"] if check["name"] == expected)
        self.assertRegex("\n".join(problems), says, fault)
        self.assertIn("To do: ", done.stdout)

    def test_each_fault_fails_its_check_and_no_other(self):
        with concurrent.futures.ThreadPoolExecutor(2) as two:
            runs = {two.submit(self.expect, VALIDATOR.faulty, fault, *told): fault
                    for fault, told in FAULTS[PART].items()}
            for run in concurrent.futures.as_completed(runs):
                with self.subTest(fault=runs[run]):
                    run.result()

    def test_three_faults_are_of_the_linker(self):
        if PART != "loading_and_life":
            return
        folder = pathlib.Path(VALIDATOR.faulty).parent
        self.expect(folder / "faulty_exports.so", None, "loading.exports", r"^loading\.", "exports something_else")
        self.expect(folder / "faulty_needs.so", None, "loading.needed", r"^(loading|views)\.", "libmissing_library.so")
        self.expect(folder / "not_found/libmissing_library.so", None, "loading.exports", r"^(loading|views)\.",
                    "^The library exports no ppo_plugin_entry, but missing_library\.$")


class EveryCheckTest(unittest.TestCase):
    def test_every_check_is_shown_to_fail_or_is_one_of_a_table_like_those(self):
        names = re.findall(r"^(\S+)$", VALIDATOR.run("list").stdout, flags=re.M)
        shown = {told[0] for part in FAULTS.values() for told in part.values()} | {"loading.exports", "loading.needed"}
        of_tables = re.compile(r"^(errors|growth|text|values|memory|callbacks)\."
                               r"(core|ui|onboarding|report|selfservice|audit|security|mail|store)$")
        self.assertEqual([], [name for name in names if name not in shown and not of_tables.match(name)])
        self.assertEqual(set(), shown - set(names))


if __name__ == "__main__":
    PART = sys.argv[1]
    VALIDATOR = Validator(*sys.argv[2:5])
    unittest.main(argv=sys.argv[:1])
