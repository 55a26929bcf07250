"""What a mission may have its pictures say besides its names."""

from collections.abc import Iterable, Mapping

from django import forms
from django.db import transaction

from cms.account_kits.models import AccountWords
from cms.missions.models import Mission


class WordsForm(forms.ModelForm):
    """In one language; without words it keeps nothing."""

    class Meta:
        model = AccountWords
        fields = ["place", "message"]
        widgets = {name: forms.TextInput({"dir": "auto", "autocomplete": "off"}) for name in fields}

    def __init__(self, asked: Mapping[str, str], words: AccountWords) -> None:
        prefix = f"words-{words.language}"
        told = any(f"{prefix}-{name}" in asked for name in self.Meta.fields)
        super().__init__(asked if told else None, instance=words, prefix=prefix)
        for field in self.fields.values():
            field.widget.attrs["lang"] = words.language

    @property
    def language(self) -> str:
        return self.instance.language

    def keep(self) -> None:
        row = {"mission": self.instance.mission, "language": self.language}
        if any(self.cleaned_data.values()):
            AccountWords.objects.update_or_create(**row, defaults=self.cleaned_data)
        else:
            AccountWords.objects.filter(**row).delete()


def words_forms(mission: Mission, asked: Mapping[str, str]) -> list[WordsForm]:
    """A form for each language of the mission, filled in as it was or as it is asked for now."""
    there = {row.language: row for row in mission.account_words.all()}
    return [
        WordsForm(asked, there.get(language) or AccountWords(mission=mission, language=language))
        for language in mission.languages
    ]


@transaction.atomic
def keep_words(every: Iterable[WordsForm]) -> bool:
    """Whether all that was asked for can be drawn; then it is kept, else none of it."""
    asked = [form for form in every if form.is_bound]
    refused = [form for form in asked if not form.is_valid()]
    if not refused:
        for form in asked:
            form.keep()
    return not refused
