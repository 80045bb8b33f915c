"""The statutory documents of a case: one text per form in `reference/documents`, drawn as HTML, PDF and DOCX.

Doors: `load` once, then `paper` for a filled document, and `to_html`, `to_pdf`, `to_docx`.
No Django, no clock; the folder of the forms is passed in.
"""

from xiuhua.cases.documents.as_docx import to_docx as to_docx
from xiuhua.cases.documents.as_html import to_html as to_html
from xiuhua.cases.documents.as_pdf import PrintError as PrintError
from xiuhua.cases.documents.as_pdf import to_pdf as to_pdf
from xiuhua.cases.documents.forms import Form as Form
from xiuhua.cases.documents.forms import FormError as FormError
from xiuhua.cases.documents.forms import Shelf as Shelf
from xiuhua.cases.documents.forms import load as load
from xiuhua.cases.documents.markup import MarkupError as MarkupError
from xiuhua.cases.documents.render import Blank as Blank
from xiuhua.cases.documents.render import Contact as Contact
from xiuhua.cases.documents.render import Header as Header
from xiuhua.cases.documents.render import Officer as Officer
from xiuhua.cases.documents.render import Paper as Paper
from xiuhua.cases.documents.render import Stamp as Stamp
from xiuhua.cases.documents.render import paper as paper
