echo "Welcome! You have 3 new messages."
echo "Last backup: never" >&2
printf 'ECONTEXT\000\377 not a preamble\n'
