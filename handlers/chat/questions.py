"""Commands for a resident's question to the police and an officer's answer."""

from __future__ import annotations

from core.conversation.commands import AnswerQuestion, AskPolice, ShowQuestion
from core.conversation.person import ConversationState
from core.ids import QuestionId
from core.replies import Reply, say
from core.say import Say
from handlers import ask_police as asking
from handlers.ask_police import AlreadyAnswered
from handlers.chat.hearing import Hearing


def ask_police(work: Hearing, command: AskPolice) -> list[Reply]:
    """Pass a question on. The answer names the unit, or says that nobody can be reached."""
    asked = asking.ask_police(work, work.by, command.text, commune=work.me.commune)
    if not asked.told:
        return [Reply(lines=(say(Say.QUESTION_NOBODY),))]
    return [Reply(lines=(say(Say.QUESTION_PASSED_ON, unit=work.context.places.label(asked.unit)),))]


def show_question(work: Hearing, command: ShowQuestion) -> list[Reply]:
    """Show the question again and wait for the officer's answer in words."""
    question = asking.find_question(work, work.by, QuestionId(command.question))
    if question.answered:
        work.state = ConversationState()
        raise AlreadyAnswered
    return [Reply(lines=(say(Say.ANSWER_NOW, text=question.text),), wants_answer=True)]


def answer_question(work: Hearing, command: AnswerQuestion) -> list[Reply]:
    """Send the officer's answer to the person who asked."""
    asking.answer_question(work, work.by, QuestionId(command.question), command.words, may_be_tip=command.may_be_tip)
    return [Reply(lines=(say(Say.ANSWER_PASSED_ON),))]
