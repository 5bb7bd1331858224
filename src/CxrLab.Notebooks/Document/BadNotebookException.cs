namespace CxrLab.Notebooks.Document;

/// <summary>What the user asked for can't be read or makes no sense: the program says so and ends with exit code 2.</summary>
internal sealed class BadNotebookException(string message) : Exception(message);
