#!/bin/sh
# Before azd takes the app down: takes back what its identities hold outside of the resource group, and purges the app registration
# for callers. It never keeps azd from going on.
set -u

say() { printf '%s\n' "$1"; }
infra=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
stays=''

for principal in "${PARC_PRINCIPAL_ID:-}" "${PARC_PREVIOUS_PRINCIPAL_ID:-}" "${PARC_RETIRED_PRINCIPAL_ID:-}"; do
    case " ${done:-} " in *" $principal "*) continue ;; esac
    [ -n "$principal" ] || continue
    done="${done:-} $principal"
    PARC_PREVIOUS_PRINCIPAL_ID='' sh "$infra/grant-permissions.sh" --principal "$principal" --remove --azure 2>&1 ||
        stays="$stays
  what the identity $principal holds: infra/grant-permissions.sh --principal $principal --remove --azure --elevate"
done

# the registration that the deployment made; it keeps its name for 30 days unless it is purged
registration=${PARC_API_AUDIENCE:-}
registration=${registration##*/}
if [ -n "$registration" ] && [ -z "${PARC_API_CLIENT_ID:-}" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    graph=$(az cloud show --query endpoints.microsoftGraphResourceId -o tsv </dev/null 2>"$scratch/error") || graph=https://graph.microsoft.com
    graph=${graph%/}/v1.0
    words() { tr '\n\r' '  ' <"$scratch/error" | cut -c 1-300; }
    is_gone() { grep -Eiq 'not ?found|does not exist|(^|[^0-9a-f-])404([^0-9a-f-]|$)' "$scratch/error"; }
    if id=$(az rest --method get --url "$graph/applications(uniqueName='$registration')?\$select=id" --query id -o tsv </dev/null 2>"$scratch/error"); then
        if az rest --method delete --url "$graph/applications/$id" -o none </dev/null 2>"$scratch/error" &&
            { az rest --method delete --url "$graph/directory/deletedItems/$id" -o none </dev/null 2>"$scratch/error" || is_gone; }; then
            say "purged       the app registration for callers"
        else
            say "REFUSED      purging the app registration for callers: $(words)"
            stays="$stays
  the app registration PARC: az ad app delete --id $id, then az rest --method delete --url $graph/directory/deletedItems/$id"
        fi
    elif is_gone; then
        say "gone         the app registration for callers"
    else
        say "REFUSED      reading the app registration for callers: $(words)"
        stays="$stays
  the app registration PARC: az ad app list --display-name PARC"
    fi
fi

# a later deployment has a new identity, which holds nothing
azd env set PARC_GRAPH_GRANTED false </dev/null || say "note: before the next azd up: azd env set PARC_GRAPH_GRANTED false"

if [ -n "$stays" ]; then
    say "This stays in the tenant until somebody who may removes it:$stays"
else
    say "Nothing of PARC stays in the tenant outside of its resource group."
fi
if [ "${PARC_LOCK_HISTORY:-}" = true ]; then
    say "A lock keeps the storage account: azd down stops there until you delete the lock parc-history."
fi
exit 0
