"""What a browser without scripts would post from a page's form: every field of it as it stands."""

from html.parser import HTMLParser


class DrawnForm(HTMLParser):
    """The form of a page whose action ends as given.

    Attributes:
        action: Where it is sent.
        fields: Name → value, line ends as a browser sends them.
        buttons: Words of a submit button → the address it sends the form to.
    """

    def __init__(self, page: str, ending: str) -> None:
        super().__init__()
        self._ending, self._inside = ending, False
        self._box, self._pressed = "", ""
        self.action = ""
        self.fields: dict[str, str] = {}
        self.buttons: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a field or a button of the form."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form" and values.get("action", "").endswith(self._ending):
            self._inside, self.action = True, values["action"]
        if not self._inside:
            return
        if tag == "input" and (values.get("type") not in {"radio", "checkbox"} or "checked" in values):
            self.fields[values["name"]] = values.get("value", "")
        if tag in {"textarea", "select"}:
            self._box, self.fields[values["name"]] = values["name"], ""
        if tag == "option" and ("selected" in values or not self.fields[self._box]):
            self.fields[self._box] = values.get("value", "")
        if tag == "button":
            self._pressed = values.get("formaction", self.action)

    def handle_data(self, data: str) -> None:
        """Take in what stands in a text box, or on a button."""
        if self._box and self.lasttag == "textarea":
            self.fields[self._box] += data.removeprefix("\n").replace("\n", "\r\n")
        if self._pressed and data.strip():
            self.buttons[data.strip()] = self._pressed

    def handle_endtag(self, tag: str) -> None:
        """Leave a text box, a list, a button, the form."""
        if tag in {"textarea", "select"}:
            self._box = ""
        if tag == "button":
            self._pressed = ""
        if tag == "form":
            self._inside = False
