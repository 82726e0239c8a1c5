"""Sections of the start page about houses: enquiries, people, first steps, what the nation sees."""
