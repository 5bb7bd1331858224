using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CxrLab.Notebooks.Running;

namespace CxrLab.Notebooks.Tests.Running;

public sealed class JUnitReportTests
{
    /// <summary>What the readers of Jenkins, GitLab and Azure have in common, written down as a schema.</summary>
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="testsuites"><xs:complexType>
            <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute name="name" type="xs:string"/><xs:attributeGroup ref="totals"/>
          </xs:complexType></xs:element>
          <xs:attributeGroup name="totals">
            <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="time" type="xs:decimal" use="required"/>
          </xs:attributeGroup>
          <xs:element name="testsuite"><xs:complexType>
            <xs:sequence>
              <xs:element name="properties"><xs:complexType><xs:sequence><xs:element name="property" maxOccurs="unbounded"><xs:complexType>
                <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
              </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
              <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                <xs:choice minOccurs="0">
                  <xs:element name="failure" type="bad"/><xs:element name="error" type="bad"/>
                  <xs:element name="skipped"><xs:complexType><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>
                </xs:choice>
                <xs:attribute name="classname" type="xs:string" use="required"/><xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="time" type="xs:decimal" use="required"/>
              </xs:complexType></xs:element>
            </xs:sequence>
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attributeGroup ref="totals"/>
          </xs:complexType></xs:element>
          <xs:complexType name="bad"><xs:simpleContent><xs:extension base="xs:string">
            <xs:attribute name="message" type="xs:string" use="required"/><xs:attribute name="type" type="xs:string" use="required"/>
          </xs:extension></xs:simpleContent></xs:complexType>
        </xs:schema>
        """;

    private static readonly RunOutcome[] Outcomes =
    [
        new("part/01-a.ipynb", 2, 3, TimeSpan.FromSeconds(1.5), 300_000_000, Verdict.Failed, "Cell 2: no")
        {
            CellOutcomes = [new(1, "var a = \"<1>\" && b;", 0.5), new(2, "throw", 1, "Cell 2: \u001b[31mno\u001b[0m 🫁", "at <Cell 2>"), new(3, "3")],
        },
        new("02-b.ipynb", 1, 1, TimeSpan.FromSeconds(2), 0, Verdict.Failed, "Cell 1: ended") { CellOutcomes = [new(1, "abort", 2, "ended", "", Crashed: true)] },
        new("03-c.ipynb", 1, 1, TimeSpan.FromSeconds(9), 0, Verdict.Failed, "over its time budget") { CellOutcomes = [new(1, "slow", 9)] },
        new("04-d.ipynb", 0, 1, TimeSpan.Zero, 0, Verdict.NotRun) { CellOutcomes = [new(1, "1")] },
    ];

    [Fact]
    public void Of_EveryKindOfOutcome_HasTheShapeThatServersRead()
    {
        var schemas = new XmlSchemaSet();
        schemas.Add("", XmlReader.Create(new StringReader(Schema)));
        string text = JUnitReport.Of(Outcomes);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", text, StringComparison.Ordinal);
        XDocument report = XDocument.Parse(text);
        report.Validate(schemas, (_, problem) => Assert.Fail(problem.Message));
        Assert.Equal(text, JUnitReport.Of(Outcomes));
    }

    [Fact]
    public void Of_EveryKindOfOutcome_CountsEachCellOnceAndTheBudget()
    {
        XElement report = XDocument.Parse(JUnitReport.Of(Outcomes)).Root!;
        Assert.Equal(["10", "2", "1", "5"], new[] { "tests", "failures", "errors", "skipped" }.Select(name => report.Attribute(name)!.Value));
        Assert.Equal(10, report.Descendants("testcase").Count());
        Assert.Equal(["Cell 2: \uFFFD[31mno\uFFFD[0m 🫁", "over its time budget"], report.Descendants("failure").Select(item => item.Attribute("message")!.Value));
        Assert.Equal("part.01-a", report.Descendants("testcase").First().Attribute("classname")!.Value);
        Assert.Equal("Cell 1: var a = \"<1>\" && b;", report.Descendants("testcase").First().Attribute("name")!.Value);
        Assert.Equal("Cell 1: abort", Assert.Single(report.Descendants("error")).Parent!.Attribute("name")!.Value);
    }
}
