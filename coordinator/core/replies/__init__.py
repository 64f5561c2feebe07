"""What a text from a phone means: one pure function of the body and its context.

How a body is read, one file per step:

1. ``reactions``: a reaction to one of our texts arrives as a text that quotes it. The quote is compared with the text
   that asked. Everything else continues.
2. ``marks``: the body becomes tokens (words, numbers, times, emoji) without case, accents and width. Each knows whether
   a new line, a comma or a sentence end precedes it. Signature lines are removed. ``slips`` corrects typed words
   (yesss, confrm, thx; listed in ``words``). ``times`` (with ``calendar_words``) and ``lengths`` make one token of
   "Fri Dec 4 at 8:30pm" and of "about 15 min".
3. ``opt_out``: one sentence that asks for no more texts is enough; nothing else is looked at.
4. ``segments``: the fewest phrases of the tables in ``phrases`` (English, Spanish, shared; notation in ``patterns``)
   that cover the whole text. Each has a kind (``kinds``). One unknown word, and the text is not understood. A phrase
   ends at punctuation where it can: "No. Problem" is not "no problem".
5. ``deciding``: apart from courtesy, all kinds must agree on one meaning. What a yes or no answers (``answering``)
   depends on the open questions and the last text sent. Days and times in the reply must occur in the text that
   asked. A question is never an answer.
6. ``choices``: a text not understood so far may be an offered number, or the name of what that number stands for.

``put_off`` is apart from these steps: of a text that is ``unknown`` it says whether its answer is all that it puts off.

In doubt the meaning is ``unknown``: one more text for a person to read is better than a wrong yes. A new wording is a
line in a table, and a case in ``tests/core/replies/more.json``.
"""

from .model import Last, Meaning, OpenQuestion, Question, Reply, ReplyContext
from .put_off import puts_off
from .reading import read_reply

__all__ = ["Last", "Meaning", "OpenQuestion", "Question", "Reply", "ReplyContext", "puts_off", "read_reply"]
