"""How every form is drawn: USWDS labels, hints, errors and inputs, without a word of it in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from django.forms.renderers import BaseRenderer
    from django.utils.safestring import SafeString

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.RadioSelect, "usa-radio__input"),
    (forms.CheckboxSelectMultiple, "usa-checkbox__input"),
    (forms.Select, "usa-select"),
    (forms.Textarea, "usa-textarea"),
    (forms.FileInput, "usa-file-input"),
    (forms.widgets.Input, "usa-input"),
)


class UswdsBoundField(BoundField):
    """A field that gives its widget the class that USWDS styles it by."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Return the widget's attributes, with its class."""
        drawn = widget or self.field.widget
        built: dict[str, Any] = {**super().build_widget_attrs(attrs, widget)}
        names = [drawn.attrs.get("class", ""), *(name for kind, name in _CLASSES if isinstance(drawn, kind))][
            :2
        ]
        built["class"] = " ".join(filter(None, names))
        if self.errors:
            built["class"] += " usa-input--error"
        return built

    @property
    def is_check(self) -> bool:
        """Say whether the label stands after the box."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        """Say whether the field is several inputs under one legend."""
        return self.use_fieldset


class UswdsRenderer(TemplatesSetting):
    """Draws forms with the templates of this app."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = UswdsBoundField


class LongSelect(forms.Select):
    """A drop-down of many plain options, drawn at once: a template for each takes far longer."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - whatever the field holds
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - no template is asked
    ) -> SafeString:
        """Return the drop-down with the chosen option marked."""
        chosen = str(value) if value not in (None, "") else ""
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        built = {**self.attrs, **(attrs or {}), "name": name}
        return format_html("<select{}>{}</select>", flatatt(built), options)
