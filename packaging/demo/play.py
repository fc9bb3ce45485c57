# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The played demo: an account is added, an image pushed, looked at in the registry, removed here and pulled again."""
import json
import re
import subprocess
import sys
import xml.etree.ElementTree

import screen
from stage import StageError, wait_for

REPOSITORY, TAG = "gallery/ui", "2.1.106"
ACCOUNT = "Demo registry"


class Words:
    """Texts of the window in the language that is played."""

    def __init__(self, tree, language):
        self._translations = {}
        file = tree / "translations" / f"tagboat_{language}.ts"
        if language != "en":
            for message in xml.etree.ElementTree.parse(file).iter("message"):
                translation = message.find("translation")
                if translation is not None and translation.text:
                    self._translations.setdefault(message.find("source").text, set()).add(translation.text)

    def exactly(self, source):
        """A pattern for a text as it is in the sources."""
        return f"^({'|'.join(map(re.escape, self._translations.get(source, {source})))})$"


class Player:
    def __init__(self, stage, window, chosen, tree, registry, user, password):
        self.stage, self.window, self.chosen = stage, window, chosen
        self.registry, self.user, self.password = registry, user, password
        self.words = Words(tree, chosen.lang)
        self.screen = screen.Screen(stage.environment, stage.folder, "tagboat")
        self.facts = []

    def say(self, text):
        print(text, flush=True)
        self.facts.append(text)

    def skopeo(self, *words):
        command = ["skopeo", *words, "--tls-verify=false", "--creds", f"{self.user}:{self.password}",
                   f"docker://{self.registry}/{REPOSITORY}:{TAG}"]
        done = subprocess.run(command, env=self.stage.environment, capture_output=True, text=True)
        if done.returncode:
            raise StageError(f"skopeo does not find what was pushed: {done.stderr}")
        return done.stdout

    def images(self):
        """The images of this computer as tagboat-cli tells them."""
        program = str(self.chosen.build / "bin" / "tagboat-cli")
        reply = self.stage.run(program, "--json", "images").stdout
        return json.loads(reply.splitlines()[-1])["images"]

    def choose(self, view, name, within=None):
        """A cell of a list or tree by the start of its text. (Cells carry the object name of their view.)"""
        self.screen.click(self.screen.find(within=within, id=view, name=name))

    def go_to(self, source):
        """A place of the sidebar by the text of its row."""
        self.choose("sidebar", self.words.exactly(source))

    def choose_image(self, name):
        self.choose("tree", rf"^{re.escape(name)}", self.screen.find(id="imagesPage"))

    # The steps

    def look_at_images(self):
        self.choose_image("image-gallery")
        self.screen.click(self.screen.find(id="qt_tabwidget_tabbar", role="page tab", name=self.words.exactly("Layers")))
        self.screen.shot("images")
        self.say("The window shows the images of this computer, two tags of one image as one.")

    def add_account(self):
        self.go_to("Add account…")
        dialog = self.screen.find(id="AddAccountDialog")
        self.choose("typeList", self.words.exactly("Self-hosted"), dialog)
        for field, text in (("registryEdit", self.registry), ("userEdit", self.user),
                            ("secretEdit", self.password), ("nameEdit", ACCOUNT)):
            self.screen.type(self.screen.find(within=dialog, id=field), text)
        self.screen.press("testButton", within=dialog)
        self.screen.find(within=dialog, id="strip")
        self.screen.shot("add-account")
        self.screen.press("saveButton", within=dialog)
        self.screen.gone(id="AddAccountDialog")
        self.say(f"An account of {self.user} at {self.registry} was tried and kept, its password in the keyring.")

    def push(self):
        self.go_to("This computer")
        self.choose_image("image-gallery")
        self.screen.press("pushButton", within=self.screen.find(id="imagesPage"))
        dialog = self.screen.find(id="PushDialog")
        self.screen.type(self.screen.find(within=dialog, id="repositoryEdit"), REPOSITORY)
        self.screen.type(self.screen.find(within=dialog, id="tagEdit"), TAG)
        self.screen.press("cascade_2.1", within=dialog)
        self.screen.find(within=dialog, id="pushButton", enabled=True)
        self.screen.shot("push-plan")
        self.screen.press("pushButton", within=dialog)
        self.screen.gone(id="PushDialog")
        self.go_to("Transfers")
        self.screen.find(id="cardCancel")
        self.screen.snap("push-running")
        self.end_of_transfer()
        self.screen.shot("push-done")
        pushed = json.loads(self.skopeo("inspect"))
        self.digest = pushed["Digest"]
        if self.digest not in {image["digest"] for image in self.images()}:
            raise StageError(f"the registry has {self.digest}, which is no image of this computer")
        self.say(f"image-gallery was pushed to {self.registry}/{REPOSITORY}:{TAG} with {len(pushed['Layers'])} layers; "
                 f"skopeo finds {self.digest} there.")

    def end_of_transfer(self):
        """Until no card can be cancelled any more."""
        page = self.screen.find(id="transfersPage")
        wait_for("the end of the transfer", lambda: self.screen.look(within=page, id="transferCard")
                 and not self.screen.look(within=page, id="cardCancel"), 180, 0.2)
        if self.screen.look(within=page, id="cardRetry"):
            raise StageError("the transfer failed")

    def look_at_registry(self):
        self.go_to(ACCOUNT)
        page = self.screen.find(id="registryPage")
        self.choose("repositoryView", rf"^{REPOSITORY}$", page)
        self.choose("tagView", re.escape(TAG), page)
        self.screen.shot("registry")
        # The list of tags from the registry itself, beside what the page shows.
        url = f"http://{self.registry}/v2/{REPOSITORY}/tags/list"
        reply = self.stage.run("curl", "-sS", "--fail", "--config", "-", url,
                               input=f'user = "{self.user}:{self.password}"\n').stdout
        self.tags = json.loads(reply)["tags"]
        if TAG not in self.tags:
            raise StageError(f"the registry does not list the tag: {reply}")
        self.say(f"The registry lists the tags {', '.join(sorted(self.tags))}, and its page shows them as one image.")

    def remove_here(self):
        self.go_to("This computer")
        self.choose_image("image-gallery")
        self.screen.key("shift+Delete")
        dialog = self.screen.find(id="RemoveDialog")
        self.screen.find(within=dialog, id="removeButton", enabled=True)
        self.screen.shot("remove")
        self.screen.press("removeButton", within=dialog)
        self.screen.gone(id="RemoveDialog")
        wait_for("the image to be gone", lambda: self.digest not in {image["digest"] for image in self.images()})
        self.say("The image was removed from this computer.")

    def pull(self):
        self.screen.press("pullButton", within=self.screen.find(id="imagesPage"))
        dialog = self.screen.find(id="PullDialog")
        self.screen.type(self.screen.find(within=dialog, id="referenceEdit"), f"{self.registry}/{REPOSITORY}:{TAG}")
        self.screen.find(within=dialog, id="pullButton", enabled=True)
        self.screen.shot("pull-plan")
        self.screen.press("pullButton", within=dialog)
        self.screen.gone(id="PullDialog")
        self.go_to("Transfers")
        self.end_of_transfer()
        self.screen.shot("pull-done")
        found = [image for image in self.images() if image["digest"] == self.digest]
        if not found:
            raise StageError("what was pulled is not the image that was pushed")
        self.go_to("This computer")
        self.choose_image(f"{self.registry}/{REPOSITORY}")
        self.screen.shot("pulled")
        self.stage.run(str(self.chosen.build / "bin" / "tagboat-cli"), "verify", found[0]["names"][0])
        self.say(f"It was pulled again with the same digest, as {', '.join(found[0]['names'])}; every blob is right.")

    def quit(self):
        self.screen.key("ctrl+q")
        if self.window.wait(20) != 0:
            raise StageError(f"the window ended with code {self.window.returncode}:\n{self.stage.log_of('window')}")
        self.say("The window was closed.")

    def run(self):
        for step in (self.look_at_images, self.add_account, self.push, self.look_at_registry, self.remove_here,
                     self.pull, self.quit):
            try:
                step()
            except Exception as error:
                self.say(f"FAILED at {step.__name__}: {error}")
                self.screen.snap("failed")
                (self.stage.folder / "log" / "outline.txt").write_text(self.screen.outline())
                if self.window.poll() is not None:
                    print(self.stage.log_of("window"), file=sys.stderr)
                raise
        return 0


def play(stage, window, chosen, tree, registry, user, password):
    player = Player(stage, window, chosen, tree, registry, user, password)
    try:
        return player.run()
    finally:
        pictures = [f"pictures: {', '.join(player.screen.taken)}"]
        (stage.folder / "summary.txt").write_text("\n".join(player.facts + pictures) + "\n")
