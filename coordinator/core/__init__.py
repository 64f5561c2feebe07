"""The rules of a show night. Standard library only: values in, values out."""
