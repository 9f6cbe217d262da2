"""What is typed in the file of an adjudication, and when something is handed over."""

from __future__ import annotations

from django import forms


class PaperForm(forms.Form):
    text = forms.CharField(max_length=20_000)
    deposits = forms.CharField(required=False, max_length=2_000)

    def clean_deposits(self) -> list[str]:
        return str(self.cleaned_data["deposits"]).split()


class TextForm(forms.Form):
    text = forms.CharField(max_length=20_000)


class DecisionForm(forms.Form):
    stop = forms.BooleanField(required=False)
    reasons = forms.CharField(max_length=20_000)


class RemarkForm(forms.Form):
    note = forms.CharField(max_length=4_000)


class ServeForm(forms.Form):
    paper = forms.IntegerField(min_value=1)
    side = forms.CharField(max_length=12)
    method = forms.CharField(max_length=20)


class DeliveredForm(forms.Form):
    key = forms.IntegerField(min_value=1)
    delivered_on = forms.DateField()
    proof = forms.CharField(max_length=500)


class NotDeliveredForm(forms.Form):
    key = forms.IntegerField(min_value=1)
    why = forms.CharField(max_length=300)


class ReferenceForm(forms.Form):
    reference = forms.CharField(max_length=80)
