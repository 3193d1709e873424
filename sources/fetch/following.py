"""Fetching an address, through its redirects."""

from sources.addresses import checked_url
from sources.fetch.answers import Fetched, fetched, redirect_target
from sources.fetch.deadlines import Deadline
from sources.fetch.exchanges import answering
from sources.fetch.hosts import Resolver, checked_address, resolve_host
from sources.fetch.outcomes import FetchRefusedError, Outcome
from sources.fetch.requests import PAGE, Budget, Validators

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def safe_fetch(
    url: str,
    *,
    budget: Budget = PAGE,
    validators: Validators | None = None,
    resolve: Resolver = resolve_host,
) -> Fetched:
    """Fetch an address, following at most five redirects by hand.

    Raises BadAddressError for what is no web address, FetchRefusedError and
    FetchPostponedError with an outcome and a reason in plain words for all else.
    """
    deadline = Deadline(budget.total_seconds)
    conditional = validators or Validators()
    target = checked_url(url)
    for _ in range(MAX_REDIRECTS + 1):
        address = checked_address(target, deadline, resolve)
        with answering(target, address, budget, conditional, deadline) as response:
            if response.status_code not in REDIRECTS:
                return fetched(target, response, budget, conditional, deadline)
            target = redirect_target(target, response)
    msg = f"The address redirects more than {MAX_REDIRECTS} times."
    raise FetchRefusedError(Outcome.TOO_MANY_REDIRECTS, msg)
