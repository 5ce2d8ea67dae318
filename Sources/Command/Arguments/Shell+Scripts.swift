extension Shell {
    /// bash splits words at `=` and `:`; they are put together again by what stands on the line, and the part before
    /// the last of them is taken off the candidates, for bash puts in what follows it only.
    static func bashScript(_ program: String, _ hook: String, _ function: String) -> String {
        #"""
        # bash completion for \#(program)
        _\#(function)_complete() {
            local line="${COMP_LINE:0:COMP_POINT}" i n=-1 word="" piece="" answer kind candidate
            local -a words=()
            for ((i = 0; i <= COMP_CWORD; i++)); do
                piece="${COMP_WORDS[i]}"
                if ((n < 0)) || [[ $line == [[:space:]]* ]]; then
                    n=$((n + 1))
                    words[n]=""
                    line="${line#"${line%%[![:space:]]*}"}"
                fi
                ((i == COMP_CWORD)) && piece="$line"
                words[n]="${words[n]}$piece"
                line="${line#"$piece"}"
            done
            for ((i = 0; i <= n; i++)); do
                word="${words[i]}"
                word="${word#[\"\']}"
                word="${word%[\"\']}"
                words[i]="${word//\\/}"
            done
            local quote=""
            case $piece in
                = | :) piece="" ;;
                [\"\']*) quote="${piece:0:1}" piece="${piece#?}" ;;
            esac
            local before="${words[n]%"${piece//\\/}"}"
            COMPREPLY=()
            answer="$(command \#(program) \#(hook) -- "${words[@]:1}" 2>/dev/null)" || return 0
            kind="${answer##*:}"
            case $kind in
                files | folders)
                    local flag=-f path="${words[n]}"
                    [[ $kind == folders ]] && flag=-d
                    [[ $path == --*=* ]] && path="${path#*=}"
                    while IFS= read -r candidate; do
                        COMPREPLY+=("$candidate")
                    done < <(compgen $flag -- "$path")
                    type compopt >/dev/null 2>&1 && compopt -o filenames
                    ;;
                *)
                    while IFS= read -r candidate; do
                        [[ $candidate == :* ]] && continue
                        candidate="${candidate%%$'\t'*}"
                        candidate="${candidate#"$before"}"
                        [[ -z $quote ]] && candidate="$(printf %q "$candidate")"
                        COMPREPLY+=("$candidate")
                    done <<<"$answer"
                    ;;
            esac
        }
        complete -F _\#(function)_complete \#(program)

        """#
    }

    static func zshScript(_ program: String, _ hook: String, _ function: String) -> String {
        #"""
        #compdef \#(program)
        # zsh completion for \#(program)
        _\#(function)() {
            local line kind text summary
            local -a answer candidates
            answer=("${(@f)$(command \#(program) \#(hook) -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
            kind=${answer[-1]}
            case $kind in
                :files | :folders)
                    compset -P '--*='
                    if [[ $kind == :folders ]]; then _files -/; else _files; fi
                    ;;
                :none)
                    for line in "${(@)answer[1,-2]}"; do
                        text=${line%%$'\t'*}
                        summary=
                        [[ $line == *$'\t'* ]] && summary=${line#*$'\t'}
                        candidates+=("${text//:/\\:}${summary:+:$summary}")
                    done
                    _describe -V candidate candidates
                    ;;
            esac
        }
        if [[ ${funcstack[1]} == _\#(function) ]]; then
            _\#(function) "$@"
        else
            compdef _\#(function) \#(program)
        fi

        """#
    }

    static func fishScript(_ program: String, _ hook: String, _ function: String) -> String {
        #"""
        # fish completion for \#(program)
        function __\#(function)_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l answer (command \#(program) \#(hook) -- $words[2..-1] "$current" 2>/dev/null)
            or return
            set -l before (string match -r -- '^--[^=]*=' "$current")
            set -l path (string replace -r -- '^--[^=]*=' '' "$current")
            switch $answer[-1]
                case :files
                    printf "$before%s\n" (__fish_complete_path "$path")
                case :folders
                    printf "$before%s\n" (__fish_complete_directories "$path" '')
                case '*'
                    string match -v -- ':*' $answer
            end
        end
        complete -c \#(program) -f -a '(__\#(function)_complete)'

        """#
    }
}
