namespace CxrLab.Notebooks.Exporting.Formulas;

/// <summary>A formula that can't be shown; the message names what isn't known.</summary>
internal sealed class FormulaException(string message) : Exception(message);
