#!/bin/sh
# After azd has provisioned: grants the app what it reads, as far as whoever deploys may, and finishes the move of an upgrade to the
# new identity. It never ends the deployment.
set -u

# shellcheck source=provisioning.sh
. "$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/provisioning.sh"
infra=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
previous=${PARC_PREVIOUS_PRINCIPAL_ID:-}
retired=${PARC_RETIRED_PRINCIPAL_ID:-}

if [ -z "${PARC_PRINCIPAL_ID:-}" ]; then
    say "Nothing is granted: the deployment left no PARC_PRINCIPAL_ID. Run: azd provision"
    exit 0
fi

granted=true
sh "$infra/grant-permissions.sh" --azure 2>&1 || granted=false

# the next deployment sets what this one says
if [ "${PARC_GRAPH_GRANTED:-}" = false ] && may_ask_graph; then keep PARC_GRAPH_GRANTED true; fi

# PARC_PREVIOUS_PRINCIPAL_ID is what the last deployment left: as long as there is one, the app reads as that identity
if [ -n "$previous" ]; then
    [ "$retired" = "$previous" ] || keep PARC_RETIRED_PRINCIPAL_ID "$previous"
    if $granted; then
        keep PARC_IDENTITIES user
        say "The new identity holds what the old one held. The next azd provision moves the app over; run it when it suits you."
    else
        say "The app goes on reading as its old identity $previous, because the new one does not hold everything."
        say "Once somebody has run the line above: azd env set PARC_IDENTITIES user, then azd provision"
    fi
elif [ -n "$retired" ] && [ "${PARC_IDENTITIES:-user}" = user ] && [ "$retired" != "$PARC_PRINCIPAL_ID" ]; then
    say "The app has moved to its new identity. Taking back what the old one, $retired, held:"
    if PARC_PREVIOUS_PRINCIPAL_ID='' sh "$infra/grant-permissions.sh" --principal "$retired" --remove --azure 2>&1; then
        keep PARC_RETIRED_PRINCIPAL_ID ''
    else
        say "Once somebody has run the line above: azd env set PARC_RETIRED_PRINCIPAL_ID \"\""
    fi
fi
exit 0
