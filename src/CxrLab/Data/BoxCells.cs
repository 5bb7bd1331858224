using System.Globalization;

namespace CxrLab.Data;

/// <summary>Reads a box from four cells: left, top, width, height in pixels.</summary>
internal static class BoxCells
{
    /// <param name="table">At the row.</param>
    /// <param name="columns">Positions of x, y, width and height.</param>
    /// <param name="side">Side of the square image in which the box is measured.</param>
    /// <exception cref="DataFormatException">A cell is no number, or the box isn't inside the image.</exception>
    internal static Box Read(CsvTable table, (int X, int Y, int Width, int Height) columns, int side)
    {
        var box = new Box(Number(table, columns.X), Number(table, columns.Y), Number(table, columns.Width), Number(table, columns.Height));
        if (box.Width <= 0 || box.Height <= 0) throw table.Error(Text($"the box is {box.Width} wide and {box.Height} high; both must be positive."));
        // Drawn boxes may end on the last pixel; half a pixel of rounding is allowed.
        if (box.X < 0 || box.Y < 0 || box.Right > side + 0.5 || box.Bottom > side + 0.5)
            throw table.Error(Text($"the box from ({box.X}, {box.Y}) to ({box.Right}, {box.Bottom}) leaves the image of {side} × {side} pixels."));
        return box;
    }

    private static double Number(CsvTable table, int column) =>
        double.TryParse(table.Span(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw table.Error($"field {column + 1} is '{table.Text(column)}'; expected a number of pixels.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
