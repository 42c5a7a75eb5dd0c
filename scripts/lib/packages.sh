# Debian packages that a command needs: installed when root, named when not. Sourced, never run.
# shellcheck shell=bash

# need COMMAND PACKAGE...: remembers the packages if the command is missing.
missing_packages=()
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null 2>&1 || missing_packages+=("$@")
}

# install_missing: installs what need() remembered, or says what to install and ends.
install_missing() {
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    die "missing on this machine, and there is no apt-get: what Debian calls ${missing_packages[*]}"
  fi
  if [ "$(id -u)" -ne 0 ]; then
    die "missing on this machine; please run: sudo apt-get install --no-install-recommends ${missing_packages[*]}"
  fi
  say "installing ${missing_packages[*]}"
  local log
  log=$(mktemp)
  if ! (apt_install_quietly "${missing_packages[@]}") >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt-get could not install ${missing_packages[*]}"
  fi
  rm -f "$log"
  missing_packages=()
}

# Debian's server packages start themselves on their standard ports; a policy-rc.d that says no keeps them from it
# while they are installed.
apt_install_quietly() {
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# has_candidate PACKAGE: apt knows a version of it to install.
has_candidate() { apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }
