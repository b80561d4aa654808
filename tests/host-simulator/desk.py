# SPDX-License-Identifier: Apache-2.0
"""Staff in the simulator's web EMR, by plain HTTP."""
import http.cookiejar
import re
import urllib.parse
import urllib.request

DEADLINE = 30


class Desk:
    """One member of staff at one workstation."""

    def __init__(self, address):
        self.address = address
        # As browsers do, it trusts this computer with cookies that are otherwise for TLS alone.
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.cookies = http.cookiejar.CookieJar(policy)
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def read(self, path):
        return self.browser.open(self.address + path, timeout=DEADLINE).read().decode()

    def post(self, path, **inputs):
        """Sends a form of the page at this address, with its token; answers the page that follows."""
        csrf = re.search(r'name="csrf" value="(\w+)"', self.read(path)).group(1)
        form = urllib.parse.urlencode({"csrf": csrf, **inputs}).encode()
        return self.browser.open(self.address + path, form, timeout=DEADLINE).read().decode()

    def invite(self):
        tab = re.search(r'href="(/emr/patient/P1/edit\?tab=(?!general)[^"]+)"',
                        self.read("/emr/patient/P1/edit")).group(1)
        self.post(tab, do="set_access 1")
        self.post(tab, do="send_invitation")
