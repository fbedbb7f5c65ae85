#!/usr/bin/env bash
# The two steps of action.yml. Everything that a workflow says arrives in the environment, and no word of it is run.
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
  local code=0 replayed=0
  local -a words=() options=(--format github --fail-on "${POLICYCTL_ACTION_FAIL_ON:-error}")
  if [[ -n "${POLICYCTL_ACTION_CATALOG:-}" ]]; then options+=(--catalog "$POLICYCTL_ACTION_CATALOG"); fi
  if [[ -n "${POLICYCTL_ACTION_BASE_REV:-}" ]]; then options+=(--base-rev "$POLICYCTL_ACTION_BASE_REV"); fi
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
  if [[ -n "${GITHUB_OUTPUT:-}" ]]; then echo "exit-code=$code" >>"$GITHUB_OUTPUT"; fi
  return "$code"
}

case "${1:-}" in
  install | check) "$1" ;;
  *)
    echo "usage: action.sh install|check" >&2
    exit 2
    ;;
esac
