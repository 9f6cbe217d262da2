"""One patent in a dossier: rating, tags, comments, place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.forms import CommentForm, EntryForm, PlaceForm
from qiantang.scenarios.query.selectors import dossiers as reads
from qiantang.scenarios.query.services import dossiers as services


@require_http_methods(["GET", "POST"])
def entry_page(request: HttpRequest, key: int, entry: int) -> HttpResponse:
    """What is said of a patent; POST rates and tags it."""
    actor = actor_of(request)
    if request.method == "POST":
        form = EntryForm(request.POST)
        if not form.is_valid():
            raise Invalid("query.rating_unknown")
        rating = form.cleaned_data["rating"]
        services.describe_patent(actor=actor, key=key, entry=entry, rating=rating, tags=form.words())
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("query:dossier-entry", args=[key, entry]))
    dossier, told, thread = reads.entry(actor, key, entry)
    context = {"dossier": dossier, "entry": told, "comments": thread, "ratings": range(5, 0, -1)}
    return render(request, "query/dossier_entry.html", context)


@require_POST
def entry_move(request: HttpRequest, key: int, entry: int) -> HttpResponse:
    """Put it at another place."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Invalid("query.address", fields="place")
    services.move_patent(actor=actor_of(request), key=key, entry=entry, place=form.cleaned_data["place"])
    return HttpResponseRedirect(reverse("query:dossier-page", args=[key]) + f"#entry-{entry}")


@require_POST
def entry_remove(request: HttpRequest, key: int, entry: int) -> HttpResponse:
    """Take it out."""
    services.remove_patent(actor=actor_of(request), key=key, entry=entry)
    messages.success(request, _("Taken out of the dossier."))
    return HttpResponseRedirect(reverse("query:dossier-page", args=[key]))


@require_POST
def entry_comment(request: HttpRequest, key: int, entry: int) -> HttpResponse:
    """Say something of it."""
    form = CommentForm(request.POST)
    form.is_valid()
    services.comment(actor=actor_of(request), key=key, entry=entry, text=form.cleaned_data.get("text", ""))
    return HttpResponseRedirect(reverse("query:dossier-entry", args=[key, entry]) + "#comments")


@require_POST
def comment_delete(request: HttpRequest, key: int, entry: int, comment: int) -> HttpResponse:
    """Take a comment back."""
    services.delete_comment(actor=actor_of(request), key=key, entry=entry, comment_key=comment)
    return HttpResponseRedirect(reverse("query:dossier-entry", args=[key, entry]) + "#comments")
