#!/usr/bin/env bash
# The steps of action.yml. Everything that a workflow says arrives in the environment, and no word of it is run.
set -euo pipefail

home="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/policyctl-action"

install() {
  python3 -m venv "$home"
  local what="${POLICYCTL_ACTION_VERSION:+policyctl==$POLICYCTL_ACTION_VERSION}"
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check "${what:-$POLICYCTL_ACTION_PATH}"
}

# The lines of a value as words, blank ones left out.
lines() {
  local line
  while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    if [[ -n "$line" ]]; then words+=("$line"); fi
  done <<<"$1"
}

check() {
  local policyctl="${POLICYCTL_ACTION_PROGRAM:-$home/bin/policyctl}"
  local code=0
  if [[ -n "${POLICYCTL_ACTION_BASE_REV:-}" ]]; then gate || code=$?; else alone || code=$?; fi
  if [[ -n "${GITHUB_OUTPUT:-}" ]]; then echo "exit-code=$code" >>"$GITHUB_OUTPUT"; fi
  return "$code"
}

# A change against the revision that it is to be merged into.
gate() {
  local -a words=() options=(--format github --fail-on "${POLICYCTL_ACTION_FAIL_ON:-error}")
  options+=(--base-rev "$POLICYCTL_ACTION_BASE_REV" --output "markdown=$home-comment.md")
  if [[ -n "${POLICYCTL_ACTION_CATALOG:-}" ]]; then options+=(--catalog "$POLICYCTL_ACTION_CATALOG"); fi
  if [[ -n "${POLICYCTL_ACTION_SARIF:-}" ]]; then options+=(--output "sarif=$POLICYCTL_ACTION_SARIF"); fi
  lines "${POLICYCTL_ACTION_TRACES:-}"
  local trace
  for trace in ${words[@]+"${words[@]}"}; do options+=(--traces "$trace"); done
  words=()
  lines "${POLICYCTL_ACTION_FILES:-}"
  "$policyctl" gate "${options[@]}" -- ${words[@]+"${words[@]}"}
}

# The policies as they are, without anything to compare them with.
alone() {
  local code=0 replayed=0
  local -a words=() options=(--format github --fail-on "${POLICYCTL_ACTION_FAIL_ON:-error}")
  if [[ -n "${POLICYCTL_ACTION_CATALOG:-}" ]]; then options+=(--catalog "$POLICYCTL_ACTION_CATALOG"); fi
  if [[ -n "${POLICYCTL_ACTION_SARIF:-}" ]]; then options+=(--output "sarif=$POLICYCTL_ACTION_SARIF"); fi
  lines "${POLICYCTL_ACTION_FILES:-}"
  "$policyctl" lint "${options[@]}" -- ${words[@]+"${words[@]}"} || code=$?
  # The replay is under the one policy that is named, else under those of the configuration.
  options=()
  if [[ ${#words[@]} -eq 1 ]]; then options+=(--policy "${words[0]}"); fi
  if [[ -n "${POLICYCTL_ACTION_CATALOG:-}" ]]; then options+=(--catalog "$POLICYCTL_ACTION_CATALOG"); fi
  words=()
  lines "${POLICYCTL_ACTION_TRACES:-}"
  if [[ ${#words[@]} -gt 0 && $code -ne 2 ]]; then
    if [[ -n "${GITHUB_STEP_SUMMARY:-}" ]]; then options+=(--output "markdown=$home-replay.md"); fi
    "$policyctl" simulate ${options[@]+"${options[@]}"} -- "${words[@]}" || replayed=$?
    if [[ -s "$home-replay.md" ]]; then cat "$home-replay.md" >>"$GITHUB_STEP_SUMMARY"; fi
    if [[ $code -eq 0 ]]; then code=$replayed; fi
  fi
  return "$code"
}

# One comment on a pull request, found by the marker with which it starts, and edited from then on.
comment() {
  local body="$home-comment.md" comments="repos/$GITHUB_REPOSITORY/issues" known
  if [[ ! -s "$body" ]]; then
    echo "nothing was judged, so there is nothing to say" >&2
    return 0
  fi
  known="$(gh api --paginate "$comments/$POLICYCTL_ACTION_PULL/comments" \
    --jq '.[] | select(.body | startswith("<!-- policyctl gate -->")) | .id')"
  known="${known%%$'\n'*}"
  if [[ -n "$known" ]]; then
    gh api --silent --method PATCH "$comments/comments/$known" --field "body=@$body"
  else
    gh api --silent --method POST "$comments/$POLICYCTL_ACTION_PULL/comments" --field "body=@$body"
  fi
}

case "${1:-}" in
  install | check | comment) "$1" ;;
  *)
    echo "usage: action.sh install|check|comment" >&2
    exit 2
    ;;
esac
