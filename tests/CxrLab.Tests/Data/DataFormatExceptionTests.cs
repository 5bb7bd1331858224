using Xunit;

namespace CxrLab.Tests.Data;

public class DataFormatExceptionTests
{
    [Fact]
    public void Message_DamagedCell_StaysShortAndPrintable()
    {
        var error = new DataFormatException("a.csv", 3, $"the age is '{new string('\0', 5000)}'; expected a number.");
        Assert.StartsWith("a.csv, line 3: the age is '·", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("expected a number.", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 100, 900);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
