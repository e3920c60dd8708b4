"""Questions to the police: answered from the commune's list, or passed to the officer on duty. They open no case."""

from __future__ import annotations

from collections.abc import Callable

from core.access import Permission
from core.conversation.button_ids import id_in
from core.conversation.commands import AnswerQuestion, AskPolice, ShowQuestion
from core.conversation.person import ConversationState, Person, Step
from core.conversation.turn import Turn, do, reply
from core.messages import Inbound
from core.replies import Choice, Reply, say
from core.say import Say
from core.triage.faq import Faq
from core.triage.proposal import Proposal, Urgency

FindAnswer = Callable[[str], Faq | None]
"""Looks a text up in the commune's list of questions and answers; None: no entry fits."""
LONGEST = 1000


def help_instead(heard: Inbound, answer: FindAnswer, proposal: Proposal) -> Turn:
    """The turn for a message that triage holds for no tip. One button files it as a tip all the same, another asks an
    officer. If it would be an emergency as a tip, the numbers to call come first."""
    danger = proposal.if_tip is Urgency.EMERGENCY
    found = answer(heard.text)
    if found is not None:
        lines = [say(Say.FAQ_ANSWER, text=found.answer)]
        if found.local:
            lines.append(say(Say.FAQ_LOCAL))
        if danger:
            lines.append(say(Say.HELP_NUMBERS))
    elif danger:
        lines = [say(Say.HELP_NUMBERS), say(Say.MAYBE_DANGER)]
    else:
        lines = [say(Say.NOT_A_TIP), say(Say.HELP_NUMBERS)]
    rows = (
        (Choice("t:0:istip", say(Say.BUTTON_IS_TIP)), Choice("t:0:ask", say(Say.BUTTON_ASK_POLICE))),
        (Choice("m:mine", say(Say.BUTTON_MY_TIPS)), Choice("m:code", say(Say.BUTTON_CODE))),
    )
    return reply(Reply(lines=tuple(lines), rows=rows), then=ConversationState(Step.MAYBE, {"text": heard.text[:4000]}))


def asks(state: ConversationState) -> Turn:
    """ "Ask a person": what was just written, or what is written next."""
    if state.step is Step.MAYBE:
        return do(AskPolice(str(state.draft["text"])[:LONGEST]))
    return reply(Reply(lines=(say(Say.ASK_POLICE_NOW),)), then=ConversationState(Step.ASK_POLICE))


def says(state: ConversationState, heard: Inbound) -> Turn | None:
    """The words of a question, or of an officer's answer. None when it is neither."""
    if not heard.text:
        return None
    if state.step is Step.ASK_POLICE:
        return do(AskPolice(heard.text[:LONGEST]))
    return do(AnswerQuestion(int(state.draft["question"]), heard.text[:2000]))


def presses(person: Person, rest: str) -> Turn | None:
    """A button of a question (`q:`), for the police: `<question>:<verb>`."""
    id_part, _, verb = rest.partition(":")
    question = id_in(id_part)
    if question is None or not person.can(Permission.ANSWER_QUESTION):
        return None
    match verb:
        case "answer":
            return do(ShowQuestion(question), then=ConversationState(Step.REPLY, {"question": question}))
        case "tip":
            return do(AnswerQuestion(question, "", may_be_tip=True))
    return None
