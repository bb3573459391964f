"""A repository of documents to try the gate on."""

import os
import subprocess
from pathlib import Path

from detector.gating import Request, gate
from detector.model.finding import Level, State

COPIED = (
    "今年把老旧渡口改造成观景码头，拆除废弃浮桥两座，在东岸补种水杉四百一十株，沿堤修起三点二公里的步道；"
    "摆渡船改成电动船以后，班次由每天六趟加到十四趟，赶集的老人不必再绕行十一公里的山路。"
)
"""What only one document has at first."""
OTHERS = {
    "docs/2024/河湾镇工作总结.md": (
        "# 河湾镇2024年工作总结\n\n## 一、渡口改造\n\n"
        f"{COPIED}\n\n"
        "## 二、防汛\n\n汛期组织巡堤三十七次，更换闸门启闭机五台，"
        "转移低洼处住户二十六户，没有出现险情。\n"
    ),
    "docs/2024/青石镇工作总结.txt": (
        "青石镇2024年工作总结\n一、茶山\n今年新开茶园九百亩，炒茶机添了四十台，"
        "请来外县师傅教手工杀青，春茶每斤比上年多卖十八元。\n"
        "二、学校\n中心小学食堂换了蒸箱，走读的孩子中午能吃上热饭，家长轮流来帮厨，每周贴一次账目。\n"
    ),
    "docs/2025/南坪局述职报告.txt": (
        "南坪局2025年述职报告\n一、窗口\n办理过户的窗口由三个并成一个，材料从九份减到四份，平均等候十二分钟。\n"
        "二、不足\n下乡收件的日子没有提前贴出来，有的村民白跑一趟，明年把日程印在电费单背面。\n"
    ),
}
OWN = (
    "云岭乡2026年工作总结\n一、道路\n"
    "通往北坡的机耕路铺了碎石，两处塌方用石笼护住，收谷的拖拉机当天能来回三趟。\n"
    "二、用水\n新打机井四眼，水价一度一元二角，账目每月念给大家听。\n"
)


class Repo:
    """A repository in a folder, with a branch `main` and one of a request."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def made(cls, folder: Path) -> "Repo":
        """Return a new repository in a folder."""
        repo = cls(folder)
        repo.git("init", "-q", "-b", "main", ".")
        repo.git("config", "user.name", "tester")
        repo.git("config", "user.email", "tester@example.org")
        repo.git("config", "commit.gpgsign", "false")
        repo.git("config", "core.autocrlf", "false")
        return repo

    def git(self, *arguments: str) -> str:
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            capture_output=True,
            check=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
        )
        return run.stdout.decode("utf-8", "replace").strip()

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def commit(self, message: str = "change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def merge(self) -> None:
        """Make what the request has the base, and begin another one."""
        head = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "main")
        self.git("merge", "-q", "--ff-only", head)
        self.git("checkout", "-q", "-B", "request")

    def gate(self, **asked):
        return gate(Request(**{"since": "main", **asked}))


def begun(folder: Path, **files: str) -> Repo:
    """Return a repository with some documents, a request begun."""
    repo = Repo.made(folder)
    for path, text in {**OTHERS, **files}.items():
        repo.write(path, text)
    repo.commit("base")
    repo.git("checkout", "-q", "-b", "request")
    return repo


def new(verdict, level=None):
    """Return (path, rule) of what is new, notes left out."""
    return _listed(verdict, State.NEW, level)


def known(verdict):
    return _listed(verdict, State.KNOWN, None)


def _listed(verdict, state, level):
    return sorted(
        (report.draft.origin.path, finding.rule)
        for report, finding in verdict.found(state)
        if (finding.level is level if level else finding.level is not Level.NOTE)
    )


def codes(verdict):
    return sorted(error.code for error in verdict.batch.errors)


def notices(verdict):
    return sorted(
        (one.code, one.facts.get("path") or one.facts.get("first"))
        for one in verdict.notices
    )
