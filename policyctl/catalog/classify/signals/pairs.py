"""What a verb does to some things in particular, first match first; `None` as things: to anything, or nothing named."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.signals.words import words
from policyctl.model.catalog import Category


@dataclass(frozen=True, slots=True)
class Pair:
    """`verbs` on one of `things` are of this category; `says` is the reason in words. `unless` one of these is near;
    `among` them it is meant whatever is named, and where what is named `ends` so.
    """

    verbs: frozenset[str]
    things: frozenset[str]
    category: Category
    says: str
    unless: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    ends: frozenset[tuple[str, ...]] = frozenset()


#: Nothing is named.
ALONE = frozenset({""})

_MAKE = words("""
    create make add send resend submit new issue process confirm finalize finalise capture execute perform initiate schedule
    approve authorize authorise accept release settle cancel void reverse retry replay trigger start transfer request sign pay complete
""")
_CHANGE = words("update modify amend edit change replace adjust set extend renew upgrade downgrade pause resume close")
_SWITCH = words(
    "enable disable activate deactivate toggle switch configure customize customise start stop join leave delete remove"
)

PAIRS: tuple[Pair, ...] = (
    Pair(
        _MAKE | words("place put close"),
        things.ORDER,
        Category.FINANCIAL,
        "commits money or withdraws the commitment",
    ),
    Pair(words("modify amend replace adjust"), things.ORDER, Category.FINANCIAL, "changes what money is committed to"),
    Pair(words("open"), words("position trade"), Category.FINANCIAL, "commits money"),
    Pair(words("accept"), words("quote"), Category.FINANCIAL, "commits money"),
    Pair(_MAKE | words("amend add apply"), things.PAYMENT, Category.FINANCIAL, "moves money"),
    Pair(
        _MAKE | _CHANGE | words("subscribe"),
        things.SUBSCRIPTION,
        Category.FINANCIAL,
        "changes what is paid for",
        unless=things.NOTICE,
    ),
    Pair(
        words("send submit broadcast sign execute publish push relay"),
        things.TRANSACTION,
        Category.FINANCIAL,
        "moves assets",
    ),
    Pair(words("exchange"), words("code token"), Category.WRITE, "trades one credential for another"),
    Pair(
        words("send transfer swap bridge wrap unwrap mint burn exchange approve claim convert"),
        things.ASSET | words("token allowance spending"),
        Category.FINANCIAL,
        "moves assets",
    ),
    Pair(words("swap bridge mint burn"), ALONE, Category.FINANCIAL, "moves assets"),
    Pair(
        words("add remove increase decrease supply provide"),
        words("liquidity margin collateral"),
        Category.FINANCIAL,
        "moves assets",
    ),
    Pair(words("book reserve cancel rebook upgrade"), things.TRAVEL, Category.FINANCIAL, "commits somebody to pay"),
    Pair(words("remove"), things.FAVOURITE, Category.WRITE, "takes off a list of favourites", among=things.FAVOURITE),
    Pair(words("void reverse"), words("transaction"), Category.FINANCIAL, "takes money back"),
    Pair(words("renew extend"), words("loan mortgage"), Category.FINANCIAL, "prolongs a debt"),
    Pair(words("claim collect harvest take"), things.REWARD, Category.FINANCIAL, "takes out what was earned"),
    Pair(_CHANGE, things.LEVERAGE, Category.FINANCIAL, "changes how much money is at risk"),
    Pair(
        _CHANGE | words("customize customise configure"),
        words("margincall"),
        Category.FINANCIAL,
        "changes when money at risk is lost",
        unless=things.ABOUT,
        among=words("margincall"),
    ),
    Pair(
        _CHANGE | _SWITCH | words("select"),
        things.TRADING_MODE,
        Category.FINANCIAL,
        "changes how money is at risk",
        unless=things.DRIVEN,
        among=things.TRADING_MODE,
    ),
    Pair(
        _MAKE | _CHANGE | _SWITCH,
        things.STANDING,
        Category.FINANCIAL,
        "changes what is bought or lent again and again",
        unless=things.ABOUT,
        among=things.STANDING,
    ),
    Pair(
        _MAKE | _CHANGE | _SWITCH | words("follow unfollow copy subscribe unsubscribe"),
        things.COPIED,
        Category.FINANCIAL,
        "lets the trades of another move money",
        unless=things.ABOUT,
        among=things.COPIED,
    ),
    Pair(
        _MAKE | _CHANGE | _SWITCH | words("sell rent"),
        things.LET,
        Category.FINANCIAL,
        "lets computing power that earns",
        unless=things.ABOUT,
        among=things.LET,
    ),
    Pair(
        words("delete remove close invalidate revoke terminate end"),
        frozenset(),
        Category.WRITE,
        "ends a stream that a new call opens again",
        ends=frozenset({("listen", "key"), ("user", "data", "stream")}),
    ),
    Pair(
        words("subscribe"),
        words("product plan earn premium tier pool staking investment savings"),
        Category.FINANCIAL,
        "pays for it",
        among=words("plan premium tier"),
    ),
    Pair(words("transfer"), things.HANDED, Category.WRITE, "hands over what is not money"),
    Pair(words("add sum multiply subtract divide"), things.NUMBER, Category.READ, "calculates"),
    Pair(words("download upload"), words("id url link"), Category.READ, "asks where to"),
    Pair(words("checkout"), things.VCS, Category.WRITE, "switches files", among=things.VCS),
    Pair(words("reset change"), things.ACCOUNT_SECRET, Category.WRITE, "changes how a person signs in"),
    Pair(words("clear reset remove clean"), things.SELECTION, Category.WRITE, "clears a view, not data"),
    Pair(words("clean"), things.TEXT, Category.READ, "works on a text that it is given"),
    Pair(words("start stop"), words("trace tracing recording profiler profiling"), Category.READ, "only observes"),
    Pair(
        words("drop"), words("file element browser"), Category.WRITE, "lets go of what was dragged", among=words("drag")
    ),
    Pair(words("delegate"), words("stake"), Category.FINANCIAL, "moves assets"),
    Pair(words("export"), words("file disk"), Category.WRITE, "writes a file"),
    Pair(words("format sort group filter"), things.CELL, Category.WRITE, "changes a document"),
    Pair(words("goto"), words("definition reference symbol declaration"), Category.READ, "asks where something stands"),
    Pair(words("format"), things.DISK, Category.DESTRUCTIVE, "erases what is stored"),
    Pair(words("resolve"), things.TRACKED, Category.WRITE, "changes a state"),
    Pair(words("open"), things.TRACKED, Category.WRITE, "makes a new one"),
    Pair(words("open"), things.APP, Category.EXECUTE, "starts something that acts"),
    Pair(words("open"), words("port tunnel socket"), Category.EXECUTE, "lets others in"),
    Pair(words("open"), words("browser url page link tab window"), Category.EXECUTE, "lets a page run"),
    Pair(words("create submit"), words("run execution"), Category.EXECUTE, "starts what runs"),
    Pair(words("submit"), words("job workflow pipeline build task"), Category.EXECUTE, "starts what runs"),
    Pair(words("send"), words("command cmd signal"), Category.EXECUTE, "has something done"),
    Pair(words("cancel"), things.PROCESS, Category.EXECUTE, "controls what runs"),
    Pair(words("generate make"), things.MEDIA, Category.EXECUTE, "starts a job of a model, which costs"),
    Pair(words("generate"), things.CHART, Category.READ, "answers with a picture and stores nothing"),
    Pair(words("generate"), things.ESTIMATE, Category.READ, "answers with a text and stores nothing"),
    Pair(words("select choose pick fill"), things.UI, Category.WRITE, "acts on a page"),
    Pair(words("query"), things.DATABASE, Category.EXECUTE, "a query may write"),
    Pair(words("run execute write"), words("query sql cypher statement"), Category.EXECUTE, "a query may write"),
    Pair(words("apply"), things.INFRA, Category.EXECUTE, "carries out a plan"),
    Pair(words("request send"), words("quote info information status approval"), Category.READ, "asks for an answer"),
    Pair(words("track"), words("event usage"), Category.WRITE, "records something"),
    Pair(words("test check"), words("connection connectivity"), Category.READ, "tries whether it is reachable"),
)
