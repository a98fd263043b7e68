"""What the first screens and the case page show, as plain values; one module a page.

`day`      My day: what an officer owes
`unit`     Unit: the officers of an office and what waits for the supervisor
`office`   Office: duties in total
`case`     a case and everything recorded on it
`visible`  which cases somebody may see
"""
