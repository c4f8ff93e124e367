"""HTML from tokens, and the sanitiser that sees all of it last."""

from collections.abc import Sequence
from html import escape

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from interop.allowlist import POLICY, allowed

TASK_BOX = {True: ("task-done", "done", "☑"), False: ("task-open", "not done", "☐")}
PRE = '<pre tabindex="0" role="group" aria-label="Code">'


class Drawing(RendererHTML):
    """HTML for the tokens whose usual form no strict policy, keyboard or screen reader could use."""

    def comment(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return ""

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        opening = self.renderToken(tokens, idx, options, env)
        if "checked" not in tokens[idx].meta:
            return opening
        name, label, box = TASK_BOX[tokens[idx].meta["checked"]]
        return f'{opening}<span class="task {name}" role="img" aria-label="{label}">{box}</span> '

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().fence(tokens, idx, options, env).replace("<pre>", PRE, 1)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().code_block(tokens, idx, options, env).replace("<pre>", PRE, 1)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        label = escape(tokens[idx].meta["label"])
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"


CLEANER = nh3.Cleaner(
    tags=set(POLICY),
    attributes={"*": set(), **{tag: set(attributes) - {"rel"} for tag, attributes in POLICY.items()}},
    attribute_filter=allowed,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)
