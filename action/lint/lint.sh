#!/bin/sh
# The check of a pull request: lint, test and diff, as annotations, a SARIF file and a comment. It needs no token and no secret.
# Started with the step's environment, it starts itself again with the little that it and git need.
set -eu

case "${1-}" in
    clean) ;;
    *)
        exec /usr/bin/env -i LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="${HOME-/nonexistent}" \
            INPUT_PROGRAM="${INPUT_PROGRAM-}" INPUT_POLICY="${INPUT_POLICY-}" INPUT_BASE="${INPUT_BASE-}" \
            INPUT_PERSONA="${INPUT_PERSONA-}" INPUT_FAIL_ON="${INPUT_FAIL_ON-}" INPUT_BASELINE="${INPUT_BASELINE-}" \
            INPUT_FAIL_ON_GAIN="${INPUT_FAIL_ON_GAIN-}" INPUT_ANNOTATIONS="${INPUT_ANNOTATIONS-}" \
            GITHUB_OUTPUT="${GITHUB_OUTPUT-}" GITHUB_STEP_SUMMARY="${GITHUB_STEP_SUMMARY-}" \
            RUNNER_TEMP="${RUNNER_TEMP-}" /bin/sh "$0" clean
        ;;
esac

# switch INPUT VALUE: what is neither on nor off must not pass for off.
switch() {
    case "$2" in true | false) return 0 ;; esac
    printf '::error title=inject::%s must be true or false\n' "$1"
    exit 2
}

INPUT_FAIL_ON_GAIN=${INPUT_FAIL_ON_GAIN:-false}
INPUT_ANNOTATIONS=${INPUT_ANNOTATIONS:-true}
switch fail-on-gain "$INPUT_FAIL_ON_GAIN"
switch annotations "$INPUT_ANNOTATIONS"

umask 022
policy=${INPUT_POLICY:-inject.yaml}
scratch=$(mktemp -d "$RUNNER_TEMP/inject-lint-XXXXXXXX")

# word STATUS PASSED: what a status of inject means.
word() {
    case "$1" in
        0) printf '%s' "$2" ;;
        1) printf fail ;;
        3) printf unknown ;;
        *) printf error ;;
    esac
}

run_lint() {
    set -- lint --fail-on "${INPUT_FAIL_ON:-warning}"
    [ -z "$INPUT_PERSONA" ] || set -- "$@" --persona "$INPUT_PERSONA"
    [ -z "$INPUT_BASELINE" ] || set -- "$@" --baseline "$INPUT_BASELINE"
    status=0
    "$INPUT_PROGRAM" "$@" --format sarif -- "$policy" >"$scratch/inject.sarif" 2>"$scratch/lint.error" || status=$?
    lint=$(word "$status" pass)
    if [ "$lint" = error ]; then
        cat "$scratch/lint.error"
        printf '::error title=inject::%s cannot be checked: the log says why\n' "$(annotated "$policy")"
        return 0
    fi
    "$INPUT_PROGRAM" "$@" -- "$policy" >"$scratch/lint.text" 2>&1 || :
    cat "$scratch/lint.text"
    [ "$INPUT_ANNOTATIONS" = false ] || "$INPUT_PROGRAM" "$@" --format github -- "$policy" 2>/dev/null || :
}

# A path as a part of an annotation.
annotated() { printf '%s' "$1" | tr '\n\r' '  ' | sed 's/%/%25/g'; }

run_test() {
    status=0
    "$INPUT_PROGRAM" test -- "$policy" >"$scratch/test.text" 2>&1 || status=$?
    test=$(word "$status" pass)
    cat "$scratch/test.text"
    [ "$test" = pass ] || printf '::error title=inject::the tests of %s: %s\n' "$(annotated "$policy")" "$test"
}

run_diff() {
    : >"$scratch/diff.md"
    diff=skipped
    # A policy that cannot be read was told already.
    case "$INPUT_BASE,$test" in ,* | *,error) return 0 ;; esac
    status=0
    "$INPUT_PROGRAM" diff --policy "$policy" --format markdown -- "$INPUT_BASE" \
        >"$scratch/diff.md" 2>"$scratch/diff.error" || status=$?
    cat "$scratch/diff.error"
    case "$status" in
        0) if grep -q '^|' "$scratch/diff.md"; then diff=changed; else diff=same; fi ;;
        1) diff=gained ;;
        3) diff=unknown ;;
        *)
            diff=error
            printf '::warning title=inject::access cannot be compared with the base: the log says why\n'
            ;;
    esac
    case "$diff,$INPUT_ANNOTATIONS" in
        gained,true | changed,true) "$INPUT_PROGRAM" diff --policy "$policy" --format github -- "$INPUT_BASE" 2>/dev/null || : ;;
    esac
}

# Text in a block that it cannot end: a fence longer than any line of the text.
block() {
    fence='```'
    while grep -qF -- "$fence" "$1"; do fence="$fence\`"; done
    printf '\n%s\n' "$fence"
    head -c 18000 "$1"
    printf '\n%s\n' "$fence"
}

write_comment() {
    printf '<!-- inject policy check -->\n### Secrets policy\n\n'
    printf '| lint | tests | access |\n|---|---|---|\n| %s | %s | %s |\n\n' "$lint" "$test" "$diff"
    # A comment holds 65,536 characters, and there are at most two blocks behind this.
    head -c 24000 "$scratch/diff.md"
    if [ "$lint" = fail ]; then block "$scratch/lint.text"; fi
    if [ "$lint" = error ]; then block "$scratch/lint.error"; fi
    if [ "$test" != pass ]; then block "$scratch/test.text"; fi
}

run_lint
run_test
run_diff
write_comment >"$scratch/comment.md"
[ -z "$GITHUB_STEP_SUMMARY" ] || cat "$scratch/comment.md" >>"$GITHUB_STEP_SUMMARY"
printf '%s=%s\n' lint "$lint" test "$test" diff "$diff" sarif-file "$scratch/inject.sarif" \
    comment-file "$scratch/comment.md" >>"$GITHUB_OUTPUT"

# What is worst decides; a base that is missing takes nothing from what was checked.
case "$lint" in
    fail) exit 1 ;;
    error) exit 2 ;;
esac
case "$test" in
    pass) ;;
    error) exit 2 ;;
    *) exit 1 ;;
esac
case "$diff,$INPUT_FAIL_ON_GAIN" in gained,true | unknown,true | error,true) exit 1 ;; esac
