#!/bin/sh
# Puts inject where the next steps find it: from the tool cache, from a path, or from a release over https, and always with
# the checksum that stands beside this script or was given. `install.sh` is started with the step's environment, and starts
# itself again in an empty one: variables, functions and a PATH that an earlier step left are not asked.
set -eu

# `case` and `exec` cannot be replaced by functions that the environment brings.
case "${1-}" in
    clean) ;;
    *)
        exec /usr/bin/env -i LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            INPUT_VERSION="${INPUT_VERSION-}" INPUT_CHECKSUM="${INPUT_CHECKSUM-}" INPUT_PROGRAM="${INPUT_PROGRAM-}" \
            INPUT_DOWNLOAD_URL="${INPUT_DOWNLOAD_URL-}" INPUT_CA_CERTIFICATE="${INPUT_CA_CERTIFICATE-}" \
            INPUT_ADD_PATH="${INPUT_ADD_PATH-}" \
            https_proxy="${INPUT_HTTP_PROXY:-${https_proxy:-${HTTPS_PROXY-}}}" no_proxy="${no_proxy:-${NO_PROXY-}}" \
            GITHUB_ACTION_PATH="${GITHUB_ACTION_PATH-}" GITHUB_SERVER_URL="${GITHUB_SERVER_URL-}" \
            GITHUB_WORKSPACE="${GITHUB_WORKSPACE-}" GITHUB_OUTPUT="${GITHUB_OUTPUT-}" GITHUB_PATH="${GITHUB_PATH-}" \
            RUNNER_TEMP="${RUNNER_TEMP-}" RUNNER_TOOL_CACHE="${RUNNER_TOOL_CACHE-}" RUNNER_ARCH="${RUNNER_ARCH-}" \
            /bin/sh "$0" clean
        ;;
esac

folder=$(cd "$(dirname "$0")" && pwd -P)
umask 022

# An annotation is one line; `%` is its escape character.
fail() {
    printf '::error title=inject::%s\n' "$(printf '%s' "$1" | tr '\n\r' '  ' | sed 's/%/%25/g')"
    exit 1
}

require() {
    for tool; do
        command -v "$tool" >/dev/null || fail "$tool is missing: install it before this step, such as apt-get install $tool"
    done
}

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

# What the file of this name must hash to, by the file that is a part of this commit.
known_checksum() { sed -n "s/^\([0-9a-f]\{64\}\)  $1\$/\1/p" "$folder/checksums.txt" | tail -n 1; }

newest_version() { sed -n 's/^[0-9a-f]\{64\}  inject-\(.*\)-linux-.*/\1/p' "$folder/checksums.txt" | tail -n 1; }

read_architecture() {
    case "$(uname -s)" in Linux) ;; *) fail "inject runs on Linux, and this is $(uname -s)" ;; esac
    case "${RUNNER_ARCH:-$(uname -m)}" in
        X64 | x86_64) architecture=x86_64 cache_name=x64 ;;
        ARM64 | aarch64) architecture=aarch64 cache_name=arm64 ;;
        *) fail "there is no inject for the architecture ${RUNNER_ARCH:-$(uname -m)}: it is built for x86_64 and aarch64" ;;
    esac
}

read_checksum() {
    case "$INPUT_CHECKSUM" in
        *[!0-9a-f]*) fail "the checksum must be a SHA-256 in lower-case hexadecimal" ;;
    esac
    case "${#INPUT_CHECKSUM}" in
        0 | 64) ;;
        *) fail "the checksum must be a SHA-256 of 64 digits, and it has ${#INPUT_CHECKSUM}" ;;
    esac
}

read_version() {
    version=${INPUT_VERSION:-$(newest_version)}
    version=${version#v}
    [ -n "$version" ] || fail "this commit of the action knows no release: give version and checksum, or program"
    case "$version" in
        *[!0-9A-Za-z.-]* | .* | -*) fail "\`$version\` is no version, such as 0.1.0" ;;
    esac
    checksum=${INPUT_CHECKSUM:-$(known_checksum "inject-$version-linux-$architecture")}
    [ -n "$checksum" ] ||
        fail "this commit of the action does not know version $version for $architecture: give its checksum, or use another commit"
}

# Releases of the repository that the action itself is from: …/_actions/OWNER/REPOSITORY/REF/…
release_address() {
    case "$INPUT_DOWNLOAD_URL" in
        https://*) address=${INPUT_DOWNLOAD_URL%/} ;;
        '')
            repository=$(printf '%s\n' "$GITHUB_ACTION_PATH" | sed -n 's|.*/_actions/\([^/]*/[^/]*\)/.*|\1|p')
            [ -n "$repository" ] || fail "the action is not from a repository with releases: give download-url or program"
            address="${GITHUB_SERVER_URL:-https://github.com}/$repository/releases/download"
            ;;
        *) fail "download-url must start with https://" ;;
    esac
    address="$address/v$version/inject-$version-linux-$architecture"
}

download() {
    require curl
    release_address
    set --
    [ -z "$INPUT_CA_CERTIFICATE" ] || set -- --cacert "$INPUT_CA_CERTIFICATE"
    printf 'inject: downloading %s\n' "$address"
    # -q: no .curlrc. What is retried are time-outs and answers of an overloaded server; 30 s without a kilobyte are one, too.
    answer=$(curl -q --silent --show-error --fail --location --globoff --proto '=https' --proto-redir '=https' --tlsv1.2 \
        --connect-timeout 15 --speed-limit 1000 --speed-time 30 --max-time 300 --max-filesize 200000000 \
        --retry 3 --retry-max-time 300 "$@" --output "$scratch/inject" --url "$address" 2>&1) || {
        # A line for each try, and advice for people with a terminal: the last try is what there is to say.
        answer=$(printf '%s\n' "$answer" | grep '^curl: (' | tail -n 1)
        fail "$address cannot be downloaded: $answer: check the address and http-proxy, or give a program that is there with program"
    }
}

# The layout of GitHub's tool cache; a tool is complete when the file beside its folder is there. On a machine that is kept, other
# jobs can write there, so what is found is hashed like what is downloaded.
install_release() {
    cache="${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/inject/$version"
    program="$cache/$cache_name/inject"
    if [ -e "$cache/$cache_name.complete" ] && [ -f "$program" ] && [ "$(sum "$program")" = "$checksum" ]; then
        return 0
    fi
    download
    found=$(sum "$scratch/inject")
    [ "$found" = "$checksum" ] || fail "$address has the SHA-256 $found, and $checksum was expected: nothing was installed"
    chmod 755 "$scratch/inject"
    if ! { mkdir -p "$cache/$cache_name" && mv -f "$scratch/inject" "$program" && : >"$cache/$cache_name.complete"; } 2>/dev/null; then
        # A cache that is read-only: this job keeps its own.
        program="$scratch/inject"
    fi
}

# A copy is what is hashed and what is run: the original may change in between.
install_given() {
    case "$INPUT_PROGRAM" in /*) given=$INPUT_PROGRAM ;; *) given=$GITHUB_WORKSPACE/$INPUT_PROGRAM ;; esac
    [ -f "$given" ] || fail "there is no program $INPUT_PROGRAM"
    program="$scratch/inject"
    version=${INPUT_VERSION#v}
    cp -- "$given" "$program" || fail "the program $INPUT_PROGRAM cannot be read"
    chmod 755 "$program"
    [ -z "$INPUT_CHECKSUM" ] || [ "$(sum "$program")" = "$INPUT_CHECKSUM" ] ||
        fail "$INPUT_PROGRAM has the SHA-256 $(sum "$program"), and $INPUT_CHECKSUM was expected"
}

check_start() {
    answer=$("$program" --version 2>&1) || fail "$program does not start here: $answer (inject needs glibc and OpenSSL 3)"
    case "$answer" in
        "inject ${version:-${answer#inject }}") found_version=${answer#inject } ;;
        *) fail "$program says that it is \`$answer\`, and inject${version:+ $version} was expected" ;;
    esac
}

[ -n "$RUNNER_TEMP" ] || fail "RUNNER_TEMP is not set: this is a step of GitHub Actions"
[ -n "$GITHUB_OUTPUT" ] || fail "GITHUB_OUTPUT is not set: this is a step of GitHub Actions"
require sha256sum
scratch=$(mktemp -d "$RUNNER_TEMP/inject-XXXXXXXX") || fail "no folder can be made in $RUNNER_TEMP"
read_checksum
if [ -n "$INPUT_PROGRAM" ]; then
    install_given
else
    read_architecture
    read_version
    install_release
fi
check_start
printf 'inject: using %s, version %s\n' "$program" "$found_version"
case "$program" in *'
'*) fail "the path of the tool cache has a line break" ;; esac
{
    printf 'program=%s\n' "$program"
    printf 'version=%s\n' "$found_version"
    printf 'report=%s\n' "$scratch/report.json"
} >>"$GITHUB_OUTPUT"
case "$INPUT_ADD_PATH" in true) printf '%s\n' "$(dirname "$program")" >>"$GITHUB_PATH" ;; esac
