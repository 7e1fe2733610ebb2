"""What the terminal shows beside the briefing: how sources were read, what a check found, what runs cost.

Every text comes ready for a terminal; the same facts for a program come as plain values.
"""
