"""The page for importing stances from a CSV file: a dry run first, then the import."""

from django.http import HttpRequest, HttpResponse

from claims.admin.workbench.forms import ImportForm
from claims.admin.workbench.pages import analyst, needs, render_page
from claims.import_rows import OPTIONAL, REQUIRED, UnreadableFileError
from claims.operations.importing import Report, import_stances

MAX_ROWS = 1000  # a request must end in time


@needs("claims.import_stance")
def import_page(request: HttpRequest) -> HttpResponse:
    """Try a file or import it; the report names each bad row."""
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = _report(request, form)
    context = {
        "title": "Import stances",
        "form": form,
        "report": report,
        "required": REQUIRED,
        "optional": OPTIONAL,
    }
    status = 422 if form.errors else 200
    return render_page(request, "admin/workbench/import.html", context, status=status)


def _report(request: HttpRequest, form: ImportForm) -> Report | None:
    try:
        return import_stances(
            text=form.cleaned_data["file"],
            by=analyst(request),
            commit=request.POST.get("action") == "import",
            limit=MAX_ROWS,
        )
    except UnreadableFileError as error:
        form.add_error("file", str(error))
        return None
