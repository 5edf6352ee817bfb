#!/bin/sh
# Becomes inject. The environment is the job's, because the command's is made from it, so nothing here is looked up in PATH, and
# until the end there are only keywords and special built-ins of the shell, which functions cannot replace.
set -efu

# A bash that is called sh takes functions from the environment; these are the names that are used below.
unset -f printf exec 2>/dev/null || :

fail() {
    printf '::error title=inject::%s\n' "$1"
    exit 125
}

# switch INPUT VALUE OPTION: the option where the value is true.
# The options are collected in words that hold no space, so that they can be split again.
options=
switch() {
    case "$2" in
        true) options="$options $3" ;;
        false | '') ;;
        *) fail "$1 must be true or false" ;;
    esac
}

# script_only INPUT VALUE DEFAULT: refuses what would be without effect where there is no script.
script_only() {
    case "$2" in
        '' | "$3") ;;
        *) fail "$1 is for a script, and export-env has none: leave it out" ;;
    esac
}

# listed TEXT: words between commas, spaces and lines, as one word.
listed() {
    list=
    IFS=' ,	
'
    for word in $1; do list=$list${list:+,}$word; done
    unset IFS
}

# The inputs decide, and no variable that stands for the same option: the job or an earlier step may have left one, and an input
# that is off is no option that would win. The step's process is inject, so nothing can replace it either.
unset INJECT_NO_MASKING INJECT_NO_WORKFLOW_COMMANDS INJECT_FAIL_ON_LEAK INJECT_PRISTINE INJECT_PASS_ENV INJECT_ON_COLLISION \
    INJECT_ALLOW_DISK INJECT_DRY_RUN INJECT_REPLACE

export_env=${INPUT_EXPORT_ENV-}
dry_run=${INPUT_DRY_RUN-}
switch dry-run "$dry_run" --dry-run
case "$export_env" in
    true | false | '') ;;
    *) fail "export-env must be true or false" ;;
esac
case "$export_env,$dry_run" in
    true,true) set -- run ;;
    true,*) set -- export ;;
    *) set -- run ;;
esac
case "$1,${INPUT_RUN-}" in
    export,?*) fail "export-env hands the secrets to later steps, and run to one script: keep one of them" ;;
    run,) case "$dry_run" in true) ;; *) fail "there is nothing to run: give the input run" ;; esac ;;
esac

case "$1" in
    run)
        switch fail-on-leak "${INPUT_FAIL_ON_LEAK-}" --fail-on-leak
        switch pristine "${INPUT_PRISTINE-}" --pristine
        switch allow-disk "${INPUT_ALLOW_DISK-}" --allow-disk
        case "${INPUT_MASK-}" in
            true | '') ;;
            false) options="$options --no-masking" ;;
            *) fail "mask must be true or false" ;;
        esac
        case "${INPUT_WORKFLOW_COMMANDS-}" in
            true | '') ;;
            false) options="$options --no-workflow-commands" ;;
            *) fail "workflow-commands must be true or false" ;;
        esac
        unset IFS
        # shellcheck disable=SC2086 # words of our own
        set -- run --github-output $options
        case "${INPUT_ON_COLLISION-}" in '') ;; *) set -- "$@" --on-collision "$INPUT_ON_COLLISION" ;; esac
        listed "${INPUT_PASS_ENV-}"
        # Not split here: each pattern is an option of its own.
        IFS=,
        for pattern in $list; do set -- "$@" --pass-env "$pattern"; done
        unset IFS
        ;;
    export)
        script_only shell "${INPUT_SHELL-}" bash
        script_only mask "${INPUT_MASK-}" true
        script_only fail-on-leak "${INPUT_FAIL_ON_LEAK-}" false
        script_only workflow-commands "${INPUT_WORKFLOW_COMMANDS-}" true
        script_only pristine "${INPUT_PRISTINE-}" false
        script_only pass-env "${INPUT_PASS_ENV-}" ''
        script_only on-collision "${INPUT_ON_COLLISION-}" error
        script_only allow-disk "${INPUT_ALLOW_DISK-}" false
        ;;
esac
set -- "$@" --report "$INPUT_REPORT"
case "${INPUT_POLICY-}" in '') ;; *) set -- "$@" --policy "$INPUT_POLICY" ;; esac
case "${INPUT_ENVIRONMENT-}" in '') ;; *) set -- "$@" --environment "$INPUT_ENVIRONMENT" ;; esac
case "${INPUT_BROKER-}" in '') ;; *) set -- "$@" --broker "$INPUT_BROKER" ;; esac
case "${INPUT_AUDIENCE-}" in '') ;; *) set -- "$@" --audience "$INPUT_AUDIENCE" ;; esac
case "${INPUT_DEADLINE-}" in '') ;; *) set -- "$@" --deadline "$INPUT_DEADLINE" ;; esac
listed "${INPUT_SECRETS-}"
case "$list,${INPUT_SECRETS-}" in
    ,) ;;
    # Separators alone are a slip, and not everything that is granted.
    ,?*) fail "secrets names none: name some, or leave it out for all that are granted" ;;
    *) set -- "$@" --only "$list" ;;
esac
case "${INPUT_HTTP_PROXY-}" in '') ;; *) export HTTPS_PROXY="$INPUT_HTTP_PROXY" ;; esac
# As for the download, from the workspace on, wherever the script runs.
case "${INPUT_CA_CERTIFICATE-}" in
    '') ;;
    /*) export INJECT_CA_BUNDLE="$INPUT_CA_CERTIFICATE" ;;
    *) export INJECT_CA_BUNDLE="$GITHUB_WORKSPACE/$INPUT_CA_CERTIFICATE" ;;
esac

case "$1,$dry_run" in
    run,true | export,*) ;;
    *)
        case "${INPUT_SHELL-}" in
            bash | '') set -- "$@" -- /bin/bash --noprofile --norc -e -o pipefail -c "$INPUT_RUN" ;;
            sh) set -- "$@" -- /bin/sh -e -c "$INPUT_RUN" ;;
            *) fail "shell must be bash or sh" ;;
        esac
        ;;
esac

program=$INPUT_PROGRAM
# The inputs are ours, and not the command's.
unset INPUT_PROGRAM INPUT_REPORT INPUT_RUN INPUT_SHELL INPUT_POLICY INPUT_ENVIRONMENT INPUT_SECRETS INPUT_BROKER \
    INPUT_AUDIENCE INPUT_DEADLINE INPUT_MASK INPUT_FAIL_ON_LEAK INPUT_WORKFLOW_COMMANDS INPUT_PRISTINE INPUT_PASS_ENV \
    INPUT_ON_COLLISION INPUT_ALLOW_DISK INPUT_DRY_RUN INPUT_EXPORT_ENV INPUT_HTTP_PROXY INPUT_CA_CERTIFICATE
exec "$program" "$@"
