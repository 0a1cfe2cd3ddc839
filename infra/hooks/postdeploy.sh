#!/bin/sh
# After azd has deployed the app: has it answer the roadmap once, and prints where the tenant stands, what to do first, what was not
# assessed and where the report is. It never ends the deployment.
set -u

principal=${PARC_PRINCIPAL_ID:-}
# what an upgrade leaves until the app has moved: the identity that it still reads as
reads_as=${PARC_PREVIOUS_PRINCIPAL_ID:-}
reads_as=${reads_as:-$principal}
address=${PARC_ADDRESS:-}
audience=${PARC_API_AUDIENCE:-}
grant="infra/grant-permissions.sh --principal $principal --azure --elevate"

# answers hold names of the tenant: nothing of them may steer the terminal
say() { printf '%s\n' "$1"; }
visible() {
    LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C sed "s/$(printf '\302')[$(printf '\200')-$(printf '\237')]//g"
}
report() {
    say ""
    if [ -n "$audience" ]; then
        say "The report: $address/api/report"
    else
        say "The report: curl -H \"x-functions-key: KEY\" $address/api/report > report.html"
    fi
}
ends() { # line...
    for line in "$@"; do say "$line"; done
    report
    exit 0
}

[ -n "$principal" ] && [ -n "$address" ] || {
    say "No run is started: the deployment left no PARC_PRINCIPAL_ID and PARC_ADDRESS. Run: azd provision"
    exit 0
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 0' HUP INT TERM
words() { tr '\n\r' '  ' <"$scratch/error" | visible | cut -c 1-300; }

# a run before the first grant would fetch a token without permissions, which is kept for up to a day; an app that waits for
# the grant asks no token, and answers what needs none
waits=${PARC_GRAPH_GRANTED:-true}
graph=$(az cloud show --query endpoints.microsoftGraphResourceId -o tsv </dev/null 2>"$scratch/error") ||
    ends "No run is started: the Azure CLI does not answer: $(words)" "Sign in with az login; the app runs by itself every day at 05:00 UTC."
held=$(az rest --method get --url "${graph%/}/v1.0/servicePrincipals/$reads_as/appRoleAssignments?\$select=id" \
    --query 'value[].[id]' -o tsv </dev/null 2>"$scratch/error") || held=unknown
if [ "$held" = unknown ] && [ "$waits" != false ]; then
    ends "No run is started: what the app's identity holds cannot be read: $(words)" "The app runs by itself every day at 05:00 UTC."
fi
[ -n "$held" ] || [ -z "${PARC_APP_ID:-}" ] || grant="$grant --app $PARC_APP_ID"
who_grants() {
    say "A Privileged Role Administrator or Global Administrator runs this, and PARC answers the rest from its next run on:"
    say "  $grant"
}
if [ -z "$held" ] && [ "$waits" != false ]; then
    say "PARC holds no permission of Microsoft Graph, so no run is started: its token would be kept without any for up to a day."
    who_grants
    ends "For what can be answered without: azd provision, which sees that nothing is granted."
fi
if [ -z "$held" ]; then say "PARC holds no permission of Microsoft Graph yet. It answers what needs none."; fi

if [ -z "$audience" ]; then
    if [ -z "${PARC_OPERATOR_KEY:-}" ]; then
        [ -n "$held" ] || who_grants
        ends "No run is started: it takes an operator's key. The app runs by itself every day at 05:00 UTC; for a run now:" \
            "  key=\$(openssl rand -hex 32)" \
            "  azd env set PARC_OPERATOR_KEYS \"\$(printf %s \"\$key\" | sha256sum | cut -d' ' -f1)\" && azd provision" \
            "  PARC_OPERATOR_KEY=\$key azd hooks run postdeploy"
    fi
    (umask 077 && printf '{"x-functions-key": "%s"}' "$PARC_OPERATOR_KEY" >"$scratch/headers")
fi
# the command line shows to every user of the machine, so the key comes from a file; a token the Azure CLI gets by itself
api() { # method, path, query, further options
    method=$1
    url=$address/api/$2
    query=$3
    shift 3
    if [ -n "$audience" ]; then
        set -- "$@" --resource "$audience"
    else
        set -- "$@" --headers "@$scratch/headers" --skip-authorization-header
    fi
    az rest --method "$method" --url "$url" --query "$query" -o tsv "$@" </dev/null 2>"$scratch/error"
}

pause=${PARC_RETRY_SECONDS:-15}
tries=12
until run=$(api post runs runId --body '{}') && [ -n "$run" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || ends "No run could be started: $(words)" "The app runs by itself every day at 05:00 UTC."
    say "waiting      until the app answers"
    sleep "$pause"
done
say "Run $run has begun."
last=''
polls=180
while :; do
    state=$(api get "runs/$run" state) || state=''
    case $state in
        DONE) break ;;
        FAILED) ends "The run failed: $(api get "runs/$run" reason | visible)" "What to do: docs/operations.md, Runs fail" ;;
    esac
    polls=$((polls - 1))
    [ "$polls" -gt 0 ] || ends "The run is not done yet; it goes on without this. Later: $address/api/runs/$run"
    progress=$(api get "runs/$run" progress | visible)
    if [ -n "$progress" ] && [ "$progress" != None ] && [ "$progress" != "$last" ]; then
        say "  $progress"
        last=$progress
    fi
    sleep "${PARC_POLL_SECONDS:-5}"
done

say ""
say "Where you stand:"
api get "runs/$run" 'position.stages[].[stage,open,words]' | visible | awk -F '\t' '{printf "  %-3s %d open: %s\n", $1, $2, $3}'
api get "runs/$run" 'position.nextActions[].[checkId,title,what]' | visible | head -3 >"$scratch/actions"
if [ -s "$scratch/actions" ]; then
    say "What to do first:"
    awk -F '\t' '{printf "  %d. %s %s\n     %s\n", NR, $1, $2, $3}' "$scratch/actions"
fi
api get "runs/$run" 'results[].[outcome,checkId,summary]' | visible | awk -F '\t' '$1 == "NOT_ASSESSED"' >"$scratch/unseen"
unseen=$(awk 'END {print NR}' "$scratch/unseen")
if [ "$unseen" -gt 0 ]; then
    say "Not assessed: $unseen"
    head -5 "$scratch/unseen" | awk -F '\t' '{printf "  %s %s\n", $2, $3}'
    if [ "$unseen" -gt 5 ]; then say "  and $((unseen - 5)) more, in the report"; fi
    if [ -n "$held" ]; then
        say "If a permission is missing, a Global Administrator repairs it with this line:"
        say "  $grant"
    else
        who_grants
    fi
fi
report
exit 0
